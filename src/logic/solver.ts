/**
 * Conflict-driven clause learning on a circuit: finds an assignment of its inputs under which literals hold, or shows
 * that there is none. Gates are propagated as they are, without being written down as clauses. First unique implication
 * point, activity order, phase saving, Luby restarts (Marques-Silva and Sakallah 1999; Moskewicz et al. 2001; Eén and
 * Sörensson 2003; Kuehlmann et al. 2002 for circuits). What is learnt from one question serves the next: a clause
 * follows from the gates alone.
 */
import { createOrder } from './activity-order.ts';
import { assign, backtrack, byClause, createAssignment, DECIDED, makeRoom, UNSET } from './assignment.ts';
import { type Circuit, FALSE, isInput, type Literal, TRUE } from './circuit.ts';
import { addClause, createClauses, forgetHalf } from './clauses.ts';
import { type Cone, createCones } from './cone.ts';
import { createAnalysis } from './conflict.ts';
import { propagate } from './propagation.ts';

/** The inputs that the literals depend on, by node; null where nothing makes all of them hold; 'open' when given up. */
export type Solved = ReadonlyMap<number, boolean> | null | 'open';

export interface Solver {
  /** Gives up after so many conflicts. */
  satisfy(literals: readonly Literal[], mostConflicts?: number): Solved;
}

const CONFLICTS_PER_RUN = 100;
const MOST_CLAUSES = 4000;

export function createSolver(circuit: Circuit): Solver {
  const assignment = createAssignment();
  const clauses = createClauses();
  const order = createOrder();
  const coneOf = createCones(circuit);
  const learn = createAnalysis(circuit, clauses, assignment, order.bump);
  let phase = new Int8Array(0);
  let cone: Cone | null = null;

  const forget = (literal: number): void => {
    const node = literal >> 1;
    phase[node] = literal & 1;
    if (cone !== null && cone.marks[node] === cone.mark) order.insert(node);
  };

  /** What the search has to do next at the current node. */
  function decide(literals: readonly Literal[]): 'done' | 'impossible' | 'decided' {
    const { value, limits } = assignment;
    let next = -1;
    while (limits.length < literals.length) {
      const wanted = literals[limits.length]!;
      if (value[wanted] === 0) return 'impossible';
      if (value[wanted] === UNSET) {
        next = wanted;
        break;
      }
      // It holds already; its level is there all the same, so that levels and literals go together.
      limits.push(assignment.assigned);
    }
    while (next === -1) {
      const node = order.takeTop();
      if (node === -1) return 'done';
      if (value[node * 2] === UNSET) next = node * 2 + phase[node]!;
    }
    limits.push(assignment.assigned);
    assign(assignment, next, DECIDED);
    return 'decided';
  }

  /** Searches until `budget` conflicts have happened; how the search ended. */
  function search(
    within: Cone,
    literals: readonly Literal[],
    budget: number,
  ): 'done' | 'impossible' | 'spent' {
    let left = budget;
    while (true) {
      const conflict = propagate(circuit, within, clauses, assignment);
      if (conflict === null) {
        if (left <= 0) return 'spent';
        const next = decide(literals);
        if (next !== 'decided') return next;
        continue;
      }
      left--;
      if (assignment.limits.length === 0) return 'impossible';
      const { clause, span } = learn(conflict);
      const { level } = assignment;
      backtrack(assignment, clause.length === 1 ? 0 : level[clause[1]! >> 1]!, forget);
      assign(
        assignment,
        clause[0]!,
        clause.length === 1 ? DECIDED : byClause(addClause(clauses, clause, span)),
      );
      order.decay();
    }
  }

  return {
    satisfy(literals, mostConflicts = Number.POSITIVE_INFINITY) {
      const wanted = [...new Set(literals)].filter(literal => literal !== TRUE);
      if (wanted.includes(FALSE)) return null;
      cone = coneOf(wanted);
      makeRoom(assignment, circuit.left.length);
      if (phase.length < circuit.left.length) {
        const longer = new Int8Array(circuit.left.length * 2).fill(1);
        longer.set(phase);
        phase = longer;
      }
      // What holds always was found in other cones: here it has consequences of its own.
      assignment.head = 0;
      order.fill(cone.nodes, circuit.left.length);
      let spent = 0;
      for (let run = 1; ; run++) {
        const budget = CONFLICTS_PER_RUN * luby(run);
        const end = search(cone, wanted, budget);
        const model = end === 'done' ? inputsOf(circuit, cone, assignment.value) : null;
        backtrack(assignment, 0, forget);
        if (clauses.list.length > MOST_CLAUSES) forgetHalf(clauses);
        if (end !== 'spent') return model;
        spent += budget;
        if (spent >= mostConflicts) return 'open';
      }
    },
  };
}

function inputsOf(circuit: Circuit, cone: Cone, value: Int8Array): ReadonlyMap<number, boolean> {
  const inputs = new Map<number, boolean>();
  for (const node of cone.nodes) if (isInput(circuit, node)) inputs.set(node, value[node * 2] === 1);
  return inputs;
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
