/**
 * What a search has assigned so far, in order, and why: each literal was decided, or follows from another literal, from
 * a gate's inputs and output, or from a clause learnt earlier.
 */
import { withRoom } from './growing.ts';

export const UNSET = -1;

/** Why a literal holds; the lowest two bits say which of the four it is. */
export type Reason = number;
export const DECIDED: Reason = 0;
export const followsFrom = (literal: number): Reason => (literal << 2) | 1;
export const byGate = (node: number): Reason => (node << 2) | 2;
export const byClause = (clause: number): Reason => (clause << 2) | 3;

export interface Assignment {
  /** By literal: 1, 0 or UNSET. */
  value: Int8Array;
  /** By node. */
  reason: Int32Array;
  level: Int32Array;
  trail: Int32Array;
  /** Length of the trail. */
  assigned: number;
  /** Length of the trail at the start of each level but the lowest. */
  readonly limits: number[];
  /** How much of the trail has been followed to its consequences. */
  head: number;
}

export function createAssignment(): Assignment {
  return {
    value: new Int8Array(2048).fill(UNSET),
    reason: new Int32Array(1024),
    level: new Int32Array(1024),
    trail: new Int32Array(1024),
    assigned: 0,
    limits: [],
    head: 0,
  };
}

export function makeRoom(assignment: Assignment, nodes: number): void {
  assignment.value = withRoom(assignment.value, nodes * 2, UNSET);
  assignment.reason = withRoom(assignment.reason, nodes);
  assignment.level = withRoom(assignment.level, nodes);
  assignment.trail = withRoom(assignment.trail, nodes);
}

export function assign(assignment: Assignment, literal: number, because: Reason): void {
  const { value, reason, level, trail, limits } = assignment;
  const node = literal >> 1;
  value[literal] = 1;
  value[literal ^ 1] = 0;
  reason[node] = because;
  level[node] = limits.length;
  trail[assignment.assigned++] = literal;
}

/** Takes back all levels above the given one; `forget` is told each literal. */
export function backtrack(assignment: Assignment, to: number, forget: (literal: number) => void): void {
  const { value, trail, limits } = assignment;
  if (limits.length <= to) return;
  const keep = limits[to]!;
  for (let index = assignment.assigned - 1; index >= keep; index--) {
    const literal = trail[index]!;
    value[literal] = UNSET;
    value[literal ^ 1] = UNSET;
    forget(literal);
  }
  assignment.assigned = keep;
  limits.length = to;
  assignment.head = keep;
}
