/** Puts a file tree into a directory: recover, look, plan, show or write. Shared by `decide`, `adr` and the wizard. */
import type { AdrHistory } from '../adr/adr-history.ts';
import type { LockHead } from '../files/lock.ts';
import { type Plan, planWrite, type ReadyPlan } from '../files/plan.ts';
import { needsHands } from '../files/planned-change.ts';
import type { FileProblem } from '../files/problem.ts';
import { readDirectory } from '../files/read-directory.ts';
import { recoverDirectory } from '../files/recover.ts';
import type { FileTree } from '../files/tree.ts';
import { type WriteProgress, writePlan } from '../files/write.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type HistoryRequest, readHistory } from './history.ts';
import { mayBeTerminal, print, say } from './output.ts';
import { isData } from './output-paths.ts';
import { changeText, countText, diffText, problemText } from './plan-text.ts';
import { uncommittedWarning } from './uncommitted.ts';

/** What is to be in the directory. */
export interface Output {
  readonly tree: FileTree;
  readonly head: LockHead;
  /** Paths that the tree speaks for; what it no longer holds of them is removed. */
  readonly covers: (path: string) => boolean;
  /** Texts that were made from what is there, with its SHA-256. */
  readonly known: ReadonlyMap<string, string>;
}
export interface Target extends HistoryRequest {
  readonly edited: 'merge' | 'beside';
}
/** How much is told where: a dry run prints its plan, JSON takes the place of both. */
export type WriteMode = 'write' | 'dry-run';
export interface WriteOutcome {
  readonly plan: Plan;
  readonly written: boolean;
  readonly code: ExitCode;
}

/** A dry run shows every changed line, a run that writes this many of each file. */
const MOST_LINES = 40;

/** What is to be in the directory, worked out from what is there. */
export type Producer<T extends Output> = (history: AdrHistory) => T;
export interface Planned<T extends Output> {
  readonly plan: Plan;
  /** Null where what is there cannot be read. */
  readonly output: T | null;
  /** What to think of before it is carried out. */
  readonly warnings: readonly string[];
}

/** Looks only; an interrupted earlier run is reported as a problem of the plan. */
export function planOutput<T extends Output>(produce: Producer<T>, target: Target): Planned<T> {
  const past = readHistory(target);
  if ('problems' in past) return { plan: refusal(past.problems), output: null, warnings: [] };
  const output = produce(past.history);
  const { tree, head, covers, known } = output;
  const reading = readDirectory(target.directory, tree.keys());
  if ('problems' in reading) return { plan: refusal(reading.problems), output, warnings: [] };
  const { existing, edited } = target;
  const plan = planWrite(tree, reading.state, { head, existing, covers, edited, isData, known });
  return { plan, output, warnings: warningsFor(plan) };
}

function refusal(problems: readonly FileProblem[]): Plan {
  return { status: 'refused', problems };
}

function warningsFor(plan: Plan): readonly string[] {
  if (plan.status !== 'ready' || plan.mode === 'new') return [];
  if (plan.changes.every(({ change }) => change === 'unchanged' || change === 'kept')) return [];
  const warning = uncommittedWarning(plan.root);
  return warning === null ? [] : [warning];
}

/** Finishes or takes back an interrupted earlier run first; `recovered` says which, null where there was none. */
export function recoverThenPlan<T extends Output>(
  produce: Producer<T>,
  target: Target,
): Planned<T> & { readonly recovered: string | null } {
  const recovery = recoverDirectory(target.directory);
  if (recovery.status === 'failed')
    return { plan: refusal([recovery.problem]), output: null, warnings: [], recovered: null };
  return { ...planOutput(produce, target), recovered: RECOVERED[recovery.status] };
}
const RECOVERED = {
  'nothing-to-do': null,
  finished: 'An earlier run was interrupted here; it is complete now.',
  'taken-back': 'An earlier run was interrupted here; it was taken back.',
} as const;

/** What `decide` and `adr` do with their tree; with `dry-run` nothing is touched, not even what an earlier run left. */
export async function writeOutput<T extends Output>(
  produce: Producer<T>,
  target: Target,
  mode: WriteMode,
  show: (text: string) => void = print,
): Promise<WriteOutcome & Planned<T>> {
  const isDry = mode === 'dry-run';
  const { recovered, ...planned } = isDry
    ? { ...planOutput(produce, target), recovered: null }
    : recoverThenPlan(produce, target);
  const { plan } = planned;
  if (recovered !== null) say(recovered);
  for (const warning of planned.warnings) say(`Warning: ${warning}`);
  if (plan.status !== 'ready') return { ...planned, ...refused(plan) };
  return { ...planned, ...(isDry ? showPlan(plan, show) : await carryOut(plan)) };
}

function refused(plan: Exclude<Plan, ReadyPlan>): WriteOutcome {
  for (const problem of plan.status === 'occupied' ? [plan.problem] : plan.problems)
    say(problemText(problem));
  return { plan, written: false, code: EXIT.badInput };
}

function showPlan(plan: ReadyPlan, show: (text: string) => void): WriteOutcome {
  for (const change of plan.changes) show(changeText(change));
  const diff = diffText(plan, Number.POSITIVE_INFINITY);
  if (diff !== '') show(`\n${diff}`);
  say(`${countText(plan)}. Nothing was written.`);
  return { plan, written: false, code: plan.changes.some(needsHands) ? EXIT.differs : EXIT.done };
}

/** Says what changes, writes, and says what is left to do by hand. */
async function carryOut(plan: ReadyPlan): Promise<WriteOutcome> {
  const diff = diffText(plan, MOST_LINES);
  if (diff !== '') say(diff);
  const result = await writePlan(plan, { onProgress: progressLine() });
  switch (result.status) {
    case 'written': {
      for (const change of plan.changes)
        if (change.change === 'kept' || change.change === 'merge') say(changeText(change));
      for (const { path, beside } of result.overtaken)
        say(
          `kept      ${path} (it changed while we wrote${beside === null ? '' : `; ours is in ${beside}`})`,
        );
      say(`${plan.name}: ${countText(plan)}.`);
      const left = plan.changes.filter(needsHands).map(({ path }) => path);
      if (left.length > 0) say(`Left to bring together by hand: ${left.join(', ')}.`);
      return { plan, written: true, code: left.length > 0 ? EXIT.differs : EXIT.done };
    }
    case 'failed':
      say(problemText(result.problem));
      return { plan, written: false, code: EXIT.badInput };
    case 'interrupted':
      say('Interrupted; the directory is as it was.');
      return { plan, written: false, code: EXIT.interrupted };
  }
}

/** A line that counts up, in a terminal only; nothing is written for what takes under a second. */
function progressLine(): ((progress: WriteProgress) => void) | undefined {
  if (!mayBeTerminal('stderr') || !process.stderr.isTTY) return undefined;
  if (process.env.CI !== undefined || process.env.TERM === 'dumb') return undefined;
  const start = performance.now();
  let shown = false;
  return ({ done, total }) => {
    if (done < total && performance.now() - start > 1000) {
      shown = true;
      process.stderr.write(`\r${done} of ${total} files`);
    } else if (done === total && shown) process.stderr.write('\r\x1b[K');
  };
}
