/** Whole processes, timed from outside, in turn (A B C A B C …) so that a slow moment of the machine hits all of them. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ProcessCase {
  readonly name: string;
  /** At most so many times `node -e 0`: for Node 20, and for 22 and 24. */
  readonly budget: readonly [number, number] | null;
  /** Arguments of `node`; `scratch` is an empty directory, new for each run. */
  readonly args: (scratch: string) => readonly string[];
}

/** A file system in memory where there is one: what a disk does is not ours to measure. */
export const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Median wall milliseconds per case over `rounds` rounds, after two that are not counted. Throws where a run fails. */
export function timeProcesses(
  node: string,
  cases: readonly ProcessCase[],
  rounds: number,
): Map<string, number> {
  const times = new Map(cases.map(one => [one.name, [] as number[]]));
  for (let round = -2; round < rounds; round++) {
    for (const one of cases) {
      const scratch = mkdtempSync(join(memory, 'chartroom-bench-'));
      const start = process.hrtime.bigint();
      const run = spawnSync(node, [...one.args(scratch)], { stdio: ['ignore', 'pipe', 'pipe'] });
      const ms = Number(process.hrtime.bigint() - start) / 1e6;
      rmSync(scratch, { recursive: true, force: true });
      if (run.status !== 0) throw new Error(`${one.name} exited ${run.status}: ${run.stderr}`);
      if (round >= 0) times.get(one.name)?.push(ms);
    }
  }
  return new Map([...times].map(([name, list]) => [name, median(list)]));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
