/** Start-up of whole processes beside `node -e 0` in the same run, and the first frame of the wizard in a real pty. */
import { join, resolve } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { median, type ProcessCase, timeProcesses } from './processes.ts';

const root = resolve(import.meta.dirname, '..');
const bin = join(root, 'bin/chartroom.js');
const example = join(root, 'examples/platform-aws.yaml');
const small = join(root, 'examples/small-saas-gcp.yaml');

const CASES: readonly ProcessCase[] = [
  { name: 'node -e 0', args: () => ['-e', '0'] },
  { name: '--version', args: () => [bin, '--version'] },
  { name: '--help', args: () => [bin, '--help'] },
  { name: 'decide (small-saas-gcp), printed', args: () => [bin, 'decide', small] },
  {
    name: 'decide (small-saas-gcp), written',
    args: scratch => [bin, 'decide', small, '--out', join(scratch, 'out')],
  },
  {
    name: 'decide (platform-aws), written',
    args: scratch => [bin, 'decide', example, '--out', join(scratch, 'out')],
  },
];

export interface Row {
  readonly name: string;
  readonly milliseconds: number;
  /** Of `node -e 0` in the same run. */
  readonly ratio: number;
}

export async function startUp(rounds: number): Promise<readonly Row[]> {
  const times = timeProcesses(CASES, rounds);
  const frames: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const ms = await firstFrame();
    if (round >= 0) frames.push(ms);
  }
  times.set('first frame of the wizard (pty)', median(frames));
  const bare = times.get('node -e 0') as number;
  return [...times].map(([name, milliseconds]) => ({ name, milliseconds, ratio: milliseconds / bare }));
}

/** From spawn until the first row of choices has arrived. */
function firstFrame(): Promise<number> {
  return new Promise((done, fail) => {
    const start = performance.now();
    const terminal = spawn(process.execPath, [bin], {
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
      const ms = performance.now() - start;
      clearTimeout(limit);
      terminal.onExit(() => done(ms));
      terminal.kill();
      seen = '';
    });
  });
}
