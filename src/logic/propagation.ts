/** Follows an assignment to all its consequences through the gates of a cone and through learnt clauses. */
import { type Assignment, assign, byClause, byGate, followsFrom, type Reason } from './assignment.ts';
import type { Circuit } from './circuit.ts';
import { type Clauses, watch } from './clauses.ts';
import type { Cone } from './cone.ts';

/** A literal that has to hold and cannot: it is false already. */
export interface Conflict {
  readonly literal: number;
  readonly reason: Reason;
}

/** Null once everything that follows is assigned. */
export function propagate(
  circuit: Circuit,
  cone: Cone,
  clauses: Clauses,
  assignment: Assignment,
): Conflict | null {
  const { trail } = assignment;
  const { marks, mark } = cone;
  while (assignment.head < assignment.assigned) {
    const literal = trail[assignment.head++]!;
    const conflict =
      (marks[literal >> 1] === mark ? throughGates(circuit, cone, assignment, literal) : null) ??
      throughClauses(clauses, assignment, literal);
    if (conflict !== null) return conflict;
  }
  return null;
}

function throughGates(
  { left, right }: Circuit,
  { from, count, fed }: Cone,
  assignment: Assignment,
  literal: number,
): Conflict | null {
  const { value } = assignment;
  const node = literal >> 1;
  const a = left[node]!;
  if (a !== -1) {
    const conflict = downwards(assignment, literal, a, right[node]!);
    if (conflict !== null) return conflict;
  }
  const end = from[node]! + count[node]!;
  for (let index = from[node]!; index < end; index++) {
    const gate = fed[index]!;
    const first = left[gate]!;
    const second = right[gate]!;
    const mine = first >> 1 === node ? first : second;
    const output = gate * 2;
    if (mine !== literal) {
      // One input is false, so the gate is.
      if (value[output] === 0) continue;
      if (value[output] === 1) return { literal: output + 1, reason: followsFrom(literal) };
      assign(assignment, output + 1, followsFrom(literal));
      continue;
    }
    const other = first ^ second ^ mine;
    if (value[other] === 1) {
      if (value[output] === 1) continue;
      if (value[output] === 0) return { literal: output, reason: byGate(gate) };
      assign(assignment, output, byGate(gate));
    } else if (value[output] === 0 && value[other] !== 0) {
      assign(assignment, other ^ 1, byGate(gate));
    }
  }
  return null;
}

/** From a gate's output to its inputs. */
function downwards(assignment: Assignment, literal: number, a: number, b: number): Conflict | null {
  const { value } = assignment;
  if ((literal & 1) === 0) {
    const why = followsFrom(literal);
    if (value[a] === 0) return { literal: a, reason: why };
    if (value[a] !== 1) assign(assignment, a, why);
    if (value[b] === 0) return { literal: b, reason: why };
    if (value[b] !== 1) assign(assignment, b, why);
    return null;
  }
  const why = byGate(literal >> 1);
  if (value[a] === 1) {
    if (value[b] === 1) return { literal: b ^ 1, reason: why };
    if (value[b] !== 0) assign(assignment, b ^ 1, why);
  } else if (value[b] === 1 && value[a] !== 0) assign(assignment, a ^ 1, why);
  return null;
}

function throughClauses(clauses: Clauses, assignment: Assignment, literal: number): Conflict | null {
  const falsified = literal ^ 1;
  const watchers = clauses.watchers[falsified];
  if (watchers === undefined) return null;
  const { value } = assignment;
  let kept = 0;
  for (let index = 0; index < watchers.length; index++) {
    const number: number = watchers[index]!;
    const clause: Int32Array = clauses.list[number]!;
    if (clause[0] === falsified) {
      clause[0] = clause[1]!;
      clause[1] = falsified;
    }
    const first = clause[0]!;
    if (value[first] !== 1 && moveWatch(clauses, value, clause, number)) continue;
    watchers[kept++] = number;
    if (value[first] === 1) continue;
    if (value[first] === 0) {
      while (++index < watchers.length) watchers[kept++] = watchers[index]!;
      watchers.length = kept;
      return { literal: first, reason: byClause(number) };
    }
    assign(assignment, first, byClause(number));
  }
  watchers.length = kept;
  return null;
}

/** Watches another literal that is not false instead of the second; false where there is none. */
function moveWatch(clauses: Clauses, value: Int8Array, clause: Int32Array, number: number): boolean {
  for (let index = 2; index < clause.length; index++) {
    const other = clause[index]!;
    if (value[other] === 0) continue;
    clause[index] = clause[1]!;
    clause[1] = other;
    watch(clauses, other, number);
    return true;
  }
  return false;
}
