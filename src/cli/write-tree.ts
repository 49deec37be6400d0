/** Puts a file tree into a directory: recover, look, plan, show or write. Shared by `decide`, `adr` and the wizard. */
import { version } from '../../package.json';
import type { Stack } from '../engine/outcome.ts';
import { LOCK_PATH } from '../files/lock.ts';
import { type Plan, type PlannedChange, planWrite, type ReadyPlan } from '../files/plan.ts';
import type { FileProblem } from '../files/problem.ts';
import { readDirectory } from '../files/read-directory.ts';
import { recoverDirectory } from '../files/recover.ts';
import type { FileTree } from '../files/tree.ts';
import { type WriteProgress, writePlan } from '../files/write.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { print, say } from './output.ts';

export interface Target {
  readonly directory: string;
  readonly existing: 'refuse' | 'join';
  /** Paths that the tree speaks for; what it no longer holds of them is removed. */
  readonly covers: (path: string) => boolean;
}

/** Looks only; an interrupted earlier run is reported as a problem of the plan. */
export function planTree(tree: FileTree, stack: Stack, target: Target): Plan {
  const reading = readDirectory(target.directory, tree.keys());
  if ('problems' in reading) return { status: 'refused', problems: reading.problems };
  const head = { chartroom: version, knowledge: stack.knowledge, asOf: stack.asOf };
  return planWrite(tree, reading.state, { head, existing: target.existing, covers: target.covers });
}

/** Finishes or takes back an interrupted earlier run first; `recovered` says which, null where there was none. */
export function recoverThenPlan(
  tree: FileTree,
  stack: Stack,
  target: Target,
): { plan: Plan; recovered: string | null } {
  const recovery = recoverDirectory(target.directory);
  if (recovery.status === 'failed')
    return { plan: { status: 'refused', problems: [recovery.problem] }, recovered: null };
  return { plan: planTree(tree, stack, target), recovered: RECOVERED[recovery.status] };
}
const RECOVERED = {
  'nothing-to-do': null,
  finished: 'An earlier run was interrupted here; it is complete now.',
  'taken-back': 'An earlier run was interrupted here; it was taken back.',
} as const;

/** What `decide` and `adr` do with their tree; with `dry-run` nothing is touched, not even what an earlier run left. */
export async function writeTree(
  tree: FileTree,
  stack: Stack,
  target: Target,
  mode: 'write' | 'dry-run',
): Promise<ExitCode> {
  if (mode === 'dry-run') return carryOutPlan(planTree(tree, stack, target), mode);
  const { plan, recovered } = recoverThenPlan(tree, stack, target);
  if (recovered !== null) say(recovered);
  return carryOutPlan(plan, mode);
}

/** Writes, or with `dry-run` prints the plan. Says what happened; the exit code is the result. */
async function carryOutPlan(plan: Plan, mode: 'write' | 'dry-run'): Promise<ExitCode> {
  if (plan.status !== 'ready') {
    for (const problem of plan.status === 'occupied' ? [plan.problem] : plan.problems)
      say(problemText(problem));
    return EXIT.badInput;
  }
  if (mode === 'dry-run') {
    for (const change of plan.changes) print(changeText(change));
    say(`${countText(plan)}. Nothing was written.`);
    return EXIT.done;
  }
  const result = await writePlan(plan, { onProgress: progressLine() });
  switch (result.status) {
    case 'written':
      for (const change of plan.changes) if (change.change === 'kept') say(changeText(change));
      say(`${plan.name}: ${countText(plan)}.`);
      return EXIT.done;
    case 'failed':
      say(problemText(result.problem));
      return EXIT.badInput;
    case 'interrupted':
      say('Interrupted; the directory is as it was.');
      return EXIT.interrupted;
  }
}

export function changeText(change: PlannedChange): string {
  if (change.change !== 'kept') return `${change.change.padEnd(9)} ${change.path}`;
  const because = { edited: 'you edited it', removed: 'you removed it', 'not-ours': 'it is not ours' }[
    change.because
  ];
  return `kept      ${change.path} (${because}${change.beside === null ? '' : `; ours is in ${change.beside}`})`;
}

export function countText(plan: ReadyPlan): string {
  const counts = new Map<string, number>();
  for (const { change } of plan.changes) counts.set(change, (counts.get(change) ?? 0) + 1);
  if (plan.changes.every(({ change }) => change === 'unchanged'))
    return `${plan.changes.length} files, all unchanged`;
  const words = {
    create: 'created',
    update: 'updated',
    remove: 'removed',
    unchanged: 'unchanged',
    kept: 'kept',
  };
  return [...counts].map(([change, count]) => `${count} ${words[change as keyof typeof words]}`).join(', ');
}

export function problemText({ file, code, message, help }: FileProblem): string {
  return `${file}: ${code}: ${message}${help === '' ? '' : `\n  ${help}`}`;
}

/** A line that counts up, in a terminal only; nothing is written for what takes under a second. */
function progressLine(): ((progress: WriteProgress) => void) | undefined {
  if (!process.stderr.isTTY || process.env.CI !== undefined || process.env.TERM === 'dumb') return undefined;
  const start = performance.now();
  let shown = false;
  return ({ done, total }) => {
    if (done < total && performance.now() - start > 1000) {
      shown = true;
      process.stderr.write(`\r${done} of ${total} files`);
    } else if (done === total && shown) process.stderr.write('\r\x1b[K');
  };
}

/** Everything but our own lock: what a whole repository speaks for. */
export const coversAll = (path: string): boolean => path !== LOCK_PATH;
export const coversAdrs = (path: string): boolean => path.startsWith('docs/adr/');
export const coversStarter = (path: string): boolean => !coversAdrs(path);
