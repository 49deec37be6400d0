/** A plan in words: one line per file, and the lines that change in files that are there already. */
import { lineDiff } from '../files/line-diff.ts';
import type { ReadyPlan } from '../files/plan.ts';
import type { KeptBecause, PlannedChange } from '../files/planned-change.ts';
import type { FileProblem } from '../files/problem.ts';
import { isData } from './output-paths.ts';

const KEPT: Readonly<Record<KeptBecause, string>> = {
  edited: 'you edited it',
  'no-longer-generated': 'you edited it, and it is no longer generated',
  unmerged: 'conflict markers of an earlier run are still in it',
  'no-base':
    'you edited it, and .chartroom/base.txt does not hold what was generated last, so nothing was merged',
  'not-text': 'you edited it, and it cannot be merged line by line',
  removed: 'you removed it',
  'not-ours': 'it is not ours',
};

export function changeText(change: PlannedChange): string {
  const head = `${change.change.padEnd(9)} ${change.path}`;
  if (change.change === 'kept') {
    const beside = change.beside === null ? '' : `; ours is in ${change.beside}`;
    return `${head} (${KEPT[change.because]}${beside})`;
  }
  if (change.change !== 'merge') return head;
  const conflicts = change.conflicts === 1 ? '1 conflict, marked' : `${change.conflicts} conflicts, marked`;
  return `${head} (with your edits${change.conflicts === 0 ? '' : `; ${conflicts}`})`;
}

const WORDS: Readonly<Record<PlannedChange['change'], string>> = {
  create: 'created',
  update: 'updated',
  merge: 'merged',
  remove: 'removed',
  unchanged: 'unchanged',
  kept: 'kept',
};

export function countText(plan: ReadyPlan): string {
  if (plan.changes.every(({ change }) => change === 'unchanged'))
    return `${plan.changes.length} files, all unchanged`;
  const counts = new Map<PlannedChange['change'], number>();
  for (const { change } of plan.changes) counts.set(change, (counts.get(change) ?? 0) + 1);
  return [...counts].map(([change, count]) => `${count} ${WORDS[change]}`).join(', ');
}

export function problemText({ file, code, message, help }: FileProblem): string {
  return `${file}: ${code}: ${message}${help === '' ? '' : `\n  ${help}`}`;
}

/** The lines that change in this file; none where it is new, gone or for programs. */
export function changedLines(change: PlannedChange): ReturnType<typeof lineDiff> | null {
  if ((change.change !== 'update' && change.change !== 'merge') || isData(change.path)) return null;
  return change.before === null ? null : lineDiff(change.before, change.text);
}

/** `diff -u` of every changed file, at most `most` lines of each. */
export function diffText(plan: ReadyPlan, most: number): string {
  const parts = plan.changes.flatMap(change => {
    const diff = changedLines(change);
    if (diff === null || diff.lines.length === 0) return [];
    const rest = diff.lines.length - most;
    const more = rest > 0 ? [`… ${rest} more lines; --dry-run shows all of them`] : [];
    return [[`--- ${change.path}`, `+++ ${change.path}`, ...diff.lines.slice(0, most), ...more].join('\n')];
  });
  return parts.join('\n');
}
