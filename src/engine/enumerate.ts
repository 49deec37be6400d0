/** What comes out over all combinations of the cases of some variables. */
import { type Cone, sizeOf, type Variable } from './cone.ts';
import { isSingle } from './model.ts';

/** Sets a variable to a case, and finds out what is possible with all that is set now (as bits). */
export interface Trial {
  readonly set: (variable: Variable, position: number) => void;
  /** Takes the value back: the variable is open again. */
  readonly reopen: (variable: Variable) => void;
  readonly outcome: () => number;
}

export interface Found {
  readonly picks: number;
  /** Variables along whose axis alone the outcome changes somewhere. */
  readonly movedBy: readonly Variable[];
}

/** Every combination; the caller makes sure that there are not too many. `outcomes` says how many come at once. */
export function tabulate(
  cone: Cone,
  set: Trial['set'],
  outcomes: number,
  evaluate: (into: Int32Array, at: number) => void,
): readonly Found[] {
  const { variables } = cone;
  const size = sizeOf(cone);
  const table = new Int32Array(size * outcomes);
  const digits = variables.map(() => 0);
  for (const variable of variables) set(variable, 0);
  for (let row = 0; row < size; row++) {
    evaluate(table, row * outcomes);
    for (let axis = 0; axis < variables.length; axis++) {
      const variable = variables[axis]!;
      const next = (digits[axis]! + 1) % variable.cases.length;
      digits[axis] = next;
      set(variable, next);
      if (next !== 0) break;
    }
  }
  return Array.from({ length: outcomes }, (_, column) => summarise(variables, table, outcomes, column));
}

function summarise(
  variables: readonly Variable[],
  table: Int32Array,
  outcomes: number,
  column: number,
): Found {
  const size = table.length / outcomes;
  let picks = 0;
  for (let row = 0; row < size; row++) picks |= table[row * outcomes + column]!;
  const movedBy: Variable[] = [];
  let stride = 1;
  for (const variable of variables) {
    const length = variable.cases.length;
    let moved = false;
    for (let row = 0; row < size && !moved; row++) {
      if (Math.floor(row / stride) % length === 0) continue;
      moved = table[row * outcomes + column] !== table[(row - stride) * outcomes + column];
    }
    if (moved) movedBy.push(variable);
    stride *= length;
  }
  return { picks, movedBy };
}

/** Evaluations of one decision that may still be spent. */
export interface Budget {
  left: number;
}

/**
 * The same by splitting cases only where the outcome is still open. Exact if the budget suffices, otherwise a
 * superset of what can come out.
 */
export function splitCases(cone: Cone, trial: Trial, budget: Budget): number {
  const { variables } = cone;
  let found = 0;
  const visit = (depth: number): void => {
    const possible = trial.outcome();
    budget.left -= cone.decisions;
    if ((possible & ~found) === 0) return;
    const variable = variables[depth];
    if (isSingle(possible) || variable === undefined || budget.left <= 0) {
      found |= possible;
      return;
    }
    if (variable.cases.length === 0) {
      visit(depth + 1);
      return;
    }
    for (let position = 0; position < variable.cases.length; position++) {
      trial.set(variable, position);
      visit(depth + 1);
    }
    trial.reopen(variable);
  };
  visit(0);
  return found;
}
