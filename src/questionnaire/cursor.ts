/** Movement of a cursor through the rows of a list. */
import type { RowKey } from './state.ts';

/** One step goes round at the ends; longer ones stop there. */
export function movedCursor(keys: readonly RowKey[], current: RowKey | null, by: number): RowKey | null {
  if (keys.length === 0) return null;
  const from = Math.max(0, current === null ? 0 : keys.indexOf(current));
  const to = from + by;
  if (Math.abs(by) === 1) return keys[(to + keys.length) % keys.length] ?? null;
  return keys[Math.min(keys.length - 1, Math.max(0, to))] ?? null;
}

export function endCursor(keys: readonly RowKey[], end: 'first' | 'last'): RowKey | null {
  return (end === 'first' ? keys[0] : keys.at(-1)) ?? null;
}

export function cursorOr(keys: readonly RowKey[], cursor: RowKey | null): RowKey | null {
  return cursor !== null && keys.includes(cursor) ? cursor : (keys[0] ?? null);
}

export function scrolled(offset: number, by: number, last: number): number {
  return Math.max(0, Math.min(offset + by, Math.max(0, last)));
}
