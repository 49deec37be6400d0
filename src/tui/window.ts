/** Which rows of a long list are shown so that the one under the cursor is always among them. */

export interface Window {
  readonly from: number;
  /** First row that is not shown any more. */
  readonly to: number;
}

/** Rows may take several lines each. What is shown depends on nothing but the arguments: no scroll position is kept. */
export function windowOf(heights: readonly number[], cursor: number, lines: number): Window {
  const total = heights.reduce((sum, height) => sum + height, 0);
  if (total <= lines) return { from: 0, to: heights.length };
  const at = Math.min(Math.max(cursor, 0), heights.length - 1);
  let from = at;
  let to = at + 1;
  let used = heights[at] ?? 0;
  for (let grown = true; grown; ) {
    grown = false;
    const below = heights[to];
    if (below !== undefined && used + below <= lines) {
      used += below;
      to += 1;
      grown = true;
    }
    const above = heights[from - 1];
    if (above !== undefined && used + above <= lines) {
      used += above;
      from -= 1;
      grown = true;
    }
  }
  return { from, to };
}

export function lastOffset(count: number, lines: number): number {
  return Math.max(0, count - Math.max(1, lines));
}
