/** Carries out a plan. A new directory appears whole or not at all; an existing one can always be finished or rolled back. */
import { join, relative } from 'node:path';
import { type Disk, realDisk } from './disk.ts';
import { OWN_FOLDER } from './lock.ts';
import type { ReadyPlan } from './plan.ts';
import { type FileProblem, systemProblem } from './problem.ts';
import { writeExisting } from './write-existing.ts';
import { writeNew } from './write-new.ts';

export interface WriteProgress {
  readonly done: number;
  readonly total: number;
  /** The file just written; empty at the start. */
  readonly path: string;
}
export type WriteResult =
  | {
      readonly status: 'written';
      /** Created, updated or merged, by path. */
      readonly files: readonly string[];
      readonly removed: readonly string[];
      /** Changed by somebody else while we wrote: they stay, and our text was put beside them. */
      readonly overtaken: readonly { readonly path: string; readonly beside: string | null }[];
    }
  | { readonly status: 'failed'; readonly problem: FileProblem }
  /** Everything is as it was before. */
  | { readonly status: 'interrupted'; readonly signal: string };

/** One step per file. Ending the steps early undoes what was done. */
export type WriteSteps = Generator<string, WriteResult, void>;

export interface WriteOptions {
  /** Called after every file. */
  readonly onProgress?: (progress: WriteProgress) => void;
  /** Another way to interrupt than a signal: the wizard reads Ctrl-C as a key. */
  readonly abort?: AbortSignal;
  readonly disk?: Disk;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Nanoseconds of a frame: as long as the event loop waits until it can draw progress or hear a signal. */
const SLICE = 16_000_000n;

export async function writePlan(plan: ReadyPlan, options: WriteOptions = {}): Promise<WriteResult> {
  const { onProgress, abort, disk = realDisk } = options;
  let signal: string | null = null;
  const listener = (heard: string): void => {
    signal = heard;
  };
  for (const name of SIGNALS) process.on(name, listener);
  try {
    const total = plan.changes.filter(change => 'text' in change).length;
    const steps = plan.mode === 'new' ? writeNew(disk, plan) : writeExisting(disk, plan);
    onProgress?.({ done: 0, total, path: '' });
    let sliceBegan = process.hrtime.bigint();
    for (let done = 1; ; done++) {
      const step = steps.next();
      if (step.done) return step.value;
      onProgress?.({ done, total, path: step.value });
      if (process.hrtime.bigint() - sliceBegan < SLICE) continue;
      await new Promise(resolve => setImmediate(resolve));
      sliceBegan = process.hrtime.bigint();
      if (abort?.aborted) signal ??= 'SIGINT';
      if (signal === null) continue;
      const result: WriteResult = { status: 'interrupted', signal };
      steps.return(result);
      return result;
    }
  } catch (error) {
    return { status: 'failed', problem: systemProblem(error, nameOf(error, plan)) };
  } finally {
    for (const name of SIGNALS) process.off(name, listener);
  }
}

/** The file that the error is about where the user knows it, else the directory. */
function nameOf(error: unknown, { root, name }: ReadyPlan): string {
  const paths = error instanceof Error ? [Reflect.get(error, 'path'), Reflect.get(error, 'dest')] : [];
  for (const path of paths) {
    const inside = typeof path === 'string' ? relative(root, path) : '';
    if (inside !== '' && !inside.startsWith('..') && !inside.startsWith(OWN_FOLDER))
      return join(name, inside);
  }
  return name;
}
