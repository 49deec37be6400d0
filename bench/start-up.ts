/** Start-up of whole processes beside `node -e 0` in the same run, and the first frame of the wizard in a real pty. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { median, type ProcessCase, timeProcesses } from './processes.ts';

const root = resolve(import.meta.dirname, '..');
const bin = join(root, 'bin/chartroom.js');
const small = join(root, 'examples/small-saas-gcp.yaml');
/** The largest of the golden trees. */
export const LARGEST = join(root, 'examples/regulated-azure.yaml');

const CASES: readonly ProcessCase[] = [
  { name: 'node -e 0', budget: null, args: () => ['-e', '0'] },
  { name: '--version', budget: [1.15, 1.15], args: () => [bin, '--version'] },
  { name: '--help', budget: [1.15, 1.15], args: () => [bin, '--help'] },
  { name: 'decide (small-saas-gcp), printed', budget: null, args: () => [bin, 'decide', small] },
  {
    name: 'decide (small-saas-gcp), all written',
    budget: [1.6, 2.2],
    args: scratch => [bin, 'decide', small, '--out', join(scratch, 'out')],
  },
  {
    name: 'decide (regulated-azure, the largest), all written',
    budget: [2.5, 3.2],
    args: scratch => [bin, 'decide', LARGEST, '--out', join(scratch, 'out')],
  },
];
const FRAME = { name: 'first frame of the wizard (pty)', budget: [2.1, 3.4] } as const;

export interface Row {
  readonly name: string;
  readonly milliseconds: number;
  /** Of `node -e 0` in the same run. */
  readonly ratio: number;
  readonly budget: number | null;
}

export async function startUp(node: string, version: string, rounds: number): Promise<readonly Row[]> {
  const times = timeProcesses(node, CASES, rounds);
  const frames: number[] = [];
  await firstFrame(node, 2500);
  for (let round = -1; round < rounds; round++) {
    const { milliseconds } = await firstFrame(node, 0);
    if (round >= 0) frames.push(milliseconds);
  }
  times.set(FRAME.name, median(frames));
  const bare = times.get('node -e 0') as number;
  return [...CASES, FRAME].map(({ name, budget }) => {
    const milliseconds = times.get(name) ?? Number.NaN;
    const limit = budget?.[version.startsWith('20.') ? 0 : 1] ?? null;
    return { name, milliseconds, ratio: milliseconds / bare, budget: limit };
  });
}

/** Peak resident size in MB: of a bare process, of `decide` with everything written, of the wizard after its first frame. */
export async function peaks(
  node: string,
): Promise<readonly { name: string; megabytes: number; budget: number | null }[]> {
  const { mkdtempSync, rmSync } = await import('node:fs');
  const { spawnSync } = await import('node:child_process');
  const { memory } = await import('./processes.ts');
  const peak = (args: readonly string[]): number => {
    const report = join(root, 'bench/peak.cjs');
    const { stderr } = spawnSync(node, ['--require', report, ...args], { encoding: 'utf8' });
    const kilobytes = /peak (\d+)\n$/.exec(stderr)?.[1];
    if (kilobytes === undefined) throw new Error(stderr);
    return Number(kilobytes) / 1024;
  };
  const sizes = { bare: [] as number[], decide: [] as number[] };
  for (let round = 0; round < 5; round++) {
    const scratch = mkdtempSync(join(memory, 'chartroom-bench-'));
    sizes.bare.push(peak(['-e', '0']));
    sizes.decide.push(peak([bin, 'decide', LARGEST, '--out', join(scratch, 'out')]));
    rmSync(scratch, { recursive: true });
  }
  const bare = median(sizes.bare);
  const { peakKilobytes } = await firstFrame(node, 1000);
  return [
    { name: 'node -e 0', megabytes: bare, budget: null },
    { name: 'decide (regulated-azure), all written', megabytes: median(sizes.decide), budget: 2 * bare },
    ...(peakKilobytes === null
      ? []
      : [{ name: 'the wizard, first frame', megabytes: peakKilobytes / 1024, budget: 150 }]),
  ];
}

/** From spawn until the first row of choices has arrived; then it is left alone for a while and ended. */
function firstFrame(
  node: string,
  stay: number,
): Promise<{ readonly milliseconds: number; readonly peakKilobytes: number | null }> {
  return new Promise((done, fail) => {
    const start = performance.now();
    const terminal = spawn(node, [bin], {
      cols: 100,
      rows: 30,
      env: {
        ...process.env,
        CI: '',
        TERM: 'xterm-256color',
        CHARTROOM_CONFIG_DIR: join(root, 'node_modules/.cache/bench'),
      },
    });
    let seen = '';
    const limit = setTimeout(() => fail(new Error(`no frame within ten seconds: ${seen}`)), 10_000);
    terminal.onData(data => {
      seen += data;
      if (!seen.includes('from the first question')) return;
      const milliseconds = performance.now() - start;
      clearTimeout(limit);
      seen = '';
      setTimeout(() => {
        const peakKilobytes = peakOf(terminal.pid);
        terminal.onExit(() => done({ milliseconds, peakKilobytes }));
        terminal.kill();
      }, stay);
    });
  });
}

/** Linux tells it; elsewhere it is left out. */
function peakOf(pid: number): number | null {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN);
  } catch {
    return null;
  }
}
