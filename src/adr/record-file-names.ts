/** How the files of an ADR folder are called: read from those that are there, used for those that come. */

export interface NameStyle {
  /** `adr-` in `adr-0007-x.md`; mostly empty. */
  readonly prefix: string;
  /** Digits of the number. */
  readonly width: number;
}
export const OUR_STYLE: NameStyle = { prefix: '', width: 4 };

export interface RecordFileName extends NameStyle {
  readonly number: number;
  /** Without number and ending. */
  readonly slug: string;
}

/** Null for a file that is no numbered record; log4brains names by day, which is no number. */
export function readRecordName(name: string): RecordFileName | null {
  const [, prefix, digits, slug] = /^(adr[-_]?)?(\d{1,7})[-_](.+)\.md$/i.exec(name) ?? [];
  if (digits === undefined || slug === undefined) return null;
  return { prefix: prefix ?? '', width: digits.length, number: Number(digits), slug };
}

export function recordName({ prefix, width }: NameStyle, number: number, slug: string): string {
  return `${prefix}${String(number).padStart(width, '0')}-${slug}.md`;
}

/** That of the highest number, which is how the team writes today. */
export function styleOf(names: Iterable<string>): NameStyle {
  const read = [...names].flatMap(name => readRecordName(name) ?? []);
  const [newest] = read.sort((a, b) => b.number - a.number);
  return newest === undefined ? OUR_STYLE : { prefix: newest.prefix, width: newest.width };
}

/** Numbers that more than one file has, with those files. */
export function duplicateNumbers(
  names: Iterable<string>,
): readonly { number: number; paths: readonly string[] }[] {
  const byNumber = new Map<number, string[]>();
  for (const path of names) {
    const number = readRecordName(path)?.number;
    if (number !== undefined) byNumber.set(number, [...(byNumber.get(number) ?? []), path].sort());
  }
  return [...byNumber]
    .filter(([, paths]) => paths.length > 1)
    .map(([number, paths]) => ({ number, paths }))
    .sort((a, b) => a.number - b.number);
}
