/** Versions and ranges of versions as numbers. */

/** Negative where `a` is older. Anything after the numbers counts as older than the plain version. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (let position = 0; position < Math.max(left.numbers.length, right.numbers.length); position++) {
    const difference = (left.numbers[position] ?? 0) - (right.numbers[position] ?? 0);
    if (difference !== 0) return difference;
  }
  if (left.rest === right.rest) return 0;
  if (left.rest === '' || right.rest === '') return left.rest === '' ? 1 : -1;
  return left.rest < right.rest ? -1 : 1;
}

function parts(version: string): { numbers: readonly number[]; rest: string } {
  const match = /^v?(\d+(?:\.\d+)*)(.*)$/.exec(version.trim());
  if (match === null) return { numbers: [], rest: version.trim() };
  return { numbers: (match[1] ?? '').split('.').map(Number), rest: match[2] ?? '' };
}

/** `1.19.0`, `<1.19.1`, `>=1.19.0 <1.19.1`, `1.19.0..1.19.2`, and several of them with commas between. */
export function isWithin(version: string, range: string): boolean {
  return range.split(',').some(alternative =>
    alternative
      .trim()
      .split(/\s+/)
      .every(bound => meets(version, bound)),
  );
}

function meets(version: string, bound: string): boolean {
  const span = bound.split('..');
  if (span.length === 2 && span[0] !== undefined && span[1] !== undefined) {
    return compareVersions(version, span[0]) >= 0 && compareVersions(version, span[1]) <= 0;
  }
  const match = /^(<=|>=|<|>|=)?(.+)$/.exec(bound);
  if (match === null) return false;
  const difference = compareVersions(version, match[2] ?? '');
  switch (match[1]) {
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    default:
      return difference === 0;
  }
}
