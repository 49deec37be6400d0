/** "Did you mean": the candidate that a mistyped word most likely stands for. */

/** The nearest candidate within about a third of the word's length, ties to the first by id; null where none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > 80) return null;
  const typed = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = limitFor(typed) + 1;
  for (const candidate of [...candidates].sort()) {
    const other = candidate.toLowerCase();
    const near = isBeginning(typed, other) ? limitFor(typed) : Number.POSITIVE_INFINITY;
    const distance = Math.min(near, editDistance(typed, other, bestDistance));
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** `; did you mean "x"?`, or nothing. Goes behind a message. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates);
  return near === null ? '' : `; did you mean "${near}"?`;
}

function isBeginning(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a));
}

function limitFor(word: string): number {
  return Math.max(1, Math.min(4, Math.floor((word.length + 1) / 3)));
}

/** Damerau-Levenshtein (optimal string alignment); `bound` or more is as good as infinite. */
function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) >= bound) return bound;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      current.push(cost);
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
