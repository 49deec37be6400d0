/**
 * Conflict-driven clause learning: finds an assignment that satisfies a formula in conjunctive normal form, or shows
 * that there is none. Two watched literals, first unique implication point, activity order, phase saving, Luby restarts
 * (Marques-Silva and Sakallah 1999; Moskewicz et al. 2001; Eén and Sörensson 2003).
 * Literals are as in circuit.ts: twice the variable, plus one for its negation; variables count from 0.
 */
import { createOrder } from './activity-order.ts';

const UNSET = -1;
const DECAY = 1 / 0.95;

/** One truth value per variable, or null where the formula cannot hold. */
export function solve(variables: number, clauses: Iterable<readonly number[]>): Uint8Array | null {
  // Value of each literal: 1, 0 or UNSET.
  const value = new Int8Array(variables * 2).fill(UNSET);
  const reason: (Int32Array | null)[] = new Array(variables).fill(null);
  const level = new Int32Array(variables);
  const phase = new Uint8Array(variables);
  const trail: number[] = [];
  const limits: number[] = [];
  const watches: Int32Array[][] = Array.from({ length: variables * 2 }, () => []);
  const seen = new Uint8Array(variables);
  const order = createOrder(variables);
  let head = 0;
  let increment = 1;

  function assign(literal: number, because: Int32Array | null): void {
    const variable = literal >> 1;
    value[literal] = 1;
    value[literal ^ 1] = 0;
    reason[variable] = because;
    level[variable] = limits.length;
    trail.push(literal);
  }

  function watch(clause: Int32Array): void {
    watches[(clause[0] as number) ^ 1]?.push(clause);
    watches[(clause[1] as number) ^ 1]?.push(clause);
  }

  /** Follows all consequences; the clause that cannot hold, or null. */
  function propagate(): Int32Array | null {
    while (head < trail.length) {
      const fact = trail[head++] as number;
      const list = watches[fact] as Int32Array[];
      let kept = 0;
      for (let index = 0; index < list.length; index++) {
        const clause = list[index] as Int32Array;
        const falsified = fact ^ 1;
        if (clause[0] === falsified) {
          clause[0] = clause[1] as number;
          clause[1] = falsified;
        }
        const first = clause[0] as number;
        if (value[first] === 1 || !moveWatch(clause)) {
          list[kept++] = clause;
          if (value[first] === 1) continue;
          if (value[first] === 0) {
            for (index++; index < list.length; index++) list[kept++] = list[index] as Int32Array;
            list.length = kept;
            head = trail.length;
            return clause;
          }
          assign(first, clause);
        }
      }
      list.length = kept;
    }
    return null;
  }

  /** Watches another literal that is not false instead of the second; false where there is none. */
  function moveWatch(clause: Int32Array): boolean {
    for (let index = 2; index < clause.length; index++) {
      const other = clause[index] as number;
      if (value[other] === 0) continue;
      clause[index] = clause[1] as number;
      clause[1] = other;
      watches[other ^ 1]?.push(clause);
      return true;
    }
    return false;
  }

  /** The clause that the conflict teaches, asserting literal first, highest other level second. */
  function learn(conflict: Int32Array): Int32Array {
    const learnt: number[] = [0];
    let open = 0;
    let at = trail.length - 1;
    let clause = conflict;
    let literal = -1;
    do {
      for (const other of clause) {
        const variable = other >> 1;
        if (other === literal || seen[variable] === 1 || level[variable] === 0) continue;
        seen[variable] = 1;
        order.bump(variable, increment);
        if (level[variable] === limits.length) open++;
        else learnt.push(other);
      }
      while (seen[(trail[at] as number) >> 1] === 0) at--;
      literal = trail[at--] as number;
      seen[literal >> 1] = 0;
      clause = reason[literal >> 1] ?? clause;
      open--;
    } while (open > 0);
    learnt[0] = literal ^ 1;
    for (let index = 1; index < learnt.length; index++) seen[(learnt[index] as number) >> 1] = 0;
    let highest = 1;
    for (let index = 2; index < learnt.length; index++) {
      if (
        (level[(learnt[index] as number) >> 1] as number) >
        (level[(learnt[highest] as number) >> 1] as number)
      ) {
        highest = index;
      }
    }
    if (learnt.length > 1) [learnt[1], learnt[highest]] = [learnt[highest] as number, learnt[1] as number];
    return Int32Array.from(learnt);
  }

  function backtrack(to: number): void {
    if (limits.length <= to) return;
    const keep = limits[to] as number;
    for (let index = trail.length - 1; index >= keep; index--) {
      const literal = trail[index] as number;
      value[literal] = UNSET;
      value[literal ^ 1] = UNSET;
      phase[literal >> 1] = literal & 1;
      order.insert(literal >> 1);
    }
    trail.length = keep;
    limits.length = to;
    head = keep;
  }

  for (const literals of clauses) {
    const clause = Int32Array.from(new Set(literals));
    if (clause.some(literal => clause.includes(literal ^ 1))) continue;
    if (clause.length === 0) return null;
    if (clause.length > 1) {
      watch(clause);
      continue;
    }
    const only = clause[0] as number;
    if (value[only] === 0) return null;
    if (value[only] === UNSET) assign(only, null);
  }

  for (let restart = 1; ; restart++) {
    let budget = 64 * luby(restart);
    while (true) {
      const conflict = propagate();
      if (conflict !== null) {
        if (limits.length === 0) return null;
        const clause = learn(conflict);
        backtrack(clause.length === 1 ? 0 : (level[(clause[1] as number) >> 1] as number));
        if (clause.length > 1) watch(clause);
        assign(clause[0] as number, clause.length > 1 ? clause : null);
        increment *= DECAY;
        if (increment > 1e100) increment *= order.rescale();
        if (--budget <= 0) break;
        continue;
      }
      let next = order.takeTop();
      while (next !== -1 && value[next * 2] !== UNSET) next = order.takeTop();
      if (next === -1)
        return Uint8Array.from({ length: variables }, (_, variable) => (value[variable * 2] === 1 ? 1 : 0));
      limits.push(trail.length);
      assign(next * 2 + (phase[next] as number), null);
    }
    backtrack(0);
  }
}

/** 1, 1, 2, 1, 1, 2, 4, … (Luby, Sinclair and Zuckerman 1993), counted from 1. */
function luby(index: number): number {
  let size = 1;
  while (size < index + 1) size *= 2;
  let rest = index;
  while (size - 1 !== rest) {
    size /= 2;
    if (rest >= size) rest -= size - 1;
  }
  return size / 2;
}
