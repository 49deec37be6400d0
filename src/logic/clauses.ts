/** Learnt clauses: at least one literal of each holds. Two literals of each are watched. */

export interface Clauses {
  readonly list: Int32Array[];
  /** How many levels a clause spanned when it was learnt: the fewer, the more useful. */
  readonly spans: number[];
  /** By literal, the clauses that have to be looked at when it becomes false. */
  readonly watchers: (number[] | undefined)[];
}

export const createClauses = (): Clauses => ({ list: [], spans: [], watchers: [] });

/** Adds a clause of two literals at least, of which the first two are watched; returns its number. */
export function addClause(clauses: Clauses, literals: Int32Array, span: number): number {
  const clause = clauses.list.push(literals) - 1;
  clauses.spans.push(span);
  watch(clauses, literals[0]!, clause);
  watch(clauses, literals[1]!, clause);
  return clause;
}

export function watch({ watchers }: Clauses, literal: number, clause: number): void {
  const list = watchers[literal];
  if (list === undefined) watchers[literal] = [clause];
  else list.push(clause);
}

/** Keeps the more useful half. Only while nothing but the lowest level is assigned: reasons name clauses by number. */
export function forgetHalf(clauses: Clauses): void {
  const { list, spans, watchers } = clauses;
  const kept = list
    .map((literals, index) => ({ literals, span: spans[index]! }))
    .sort((a, b) => a.span - b.span || a.literals.length - b.literals.length);
  list.length = 0;
  spans.length = 0;
  watchers.length = 0;
  for (const { literals, span } of kept.slice(0, kept.length >> 1)) addClause(clauses, literals, span);
}
