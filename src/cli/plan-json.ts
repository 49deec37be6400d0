/** A plan as data: the `plan` of `decide --json` and `adr --json` where they are to write. */
import type { Plan } from '../files/plan.ts';
import { needsHands, type PlannedChange } from '../files/planned-change.ts';
import { changedLines } from './plan-text.ts';

/** `written` is false for a dry run and for a plan that was refused or failed. */
export function planJson(
  plan: Plan,
  written: boolean,
  notes: readonly string[],
): Readonly<Record<string, unknown>> {
  if (plan.status !== 'ready') {
    const problems = plan.status === 'refused' ? plan.problems : [plan.problem];
    return { status: 'refused', written: false, files: [], problems, notes };
  }
  const { name, mode, changes } = plan;
  return {
    status: 'ready',
    written,
    directory: name,
    mode,
    files: changes.map(fileJson),
    problems: [],
    notes,
  };
}

function fileJson(change: PlannedChange): Readonly<Record<string, unknown>> {
  const diff = changedLines(change);
  return {
    path: change.path,
    change: change.change,
    'needs-you': needsHands(change),
    ...(change.change === 'kept' && { because: change.because, beside: change.beside }),
    ...(change.change === 'merge' && { conflicts: change.conflicts }),
    ...(diff !== null && { added: diff.added, removed: diff.removed, diff: diff.lines }),
  };
}
