/**
 * What goes wrong around the program: it is killed, the disk is full or read-only, files run out, somebody else writes.
 * A new directory is there whole or not at all; in an existing one the next run makes it right and keeps what is the user's.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { savedRuns, saveRun } from '../../src/cli/unfinished-runs.ts';
import { chartroom, example, readTree, root, scratch } from '../cli/run.ts';

const LONG = process.env.CHARTROOM_LONG === '1';
const KILLS = LONG ? 100 : 3;
/** So many runs more where every one was over before it was killed. */
const PATIENCE = 20;
vi.setConfig({ testTimeout: LONG ? 3_600_000 : 300_000 });

const bin = join(root, 'bin/chartroom.js');
const ARGS = ['decide', example('small-saas-gcp'), '--as-of', '2026-11-20'];
const LATER = ['decide', example('small-saas-gcp'), '--as-of', '2026-12-20', '--set', 'services=9'];
let whole: Map<string, string>;
let duration: number;

beforeAll(() => {
  const directory = join(scratch(), 'out');
  const start = performance.now();
  expect(chartroom([...ARGS, '--out', directory]).code).toBe(0);
  duration = performance.now() - start;
  whole = readTree(directory);
});

/** Starts it, kills it after a while that nothing can prepare for, and says whether it was still running. */
function runAndKill(args: readonly string[], after: number): Promise<boolean> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [bin, ...args], { stdio: 'ignore', cwd: root });
    const timer = setTimeout(() => child.kill('SIGKILL'), after);
    child.once('close', (_code, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL');
    });
  });
}

/** Late in the run more often: that is when it writes. */
const moment = (count: number): number => duration * (0.3 + (0.9 * (count + Math.random())) / KILLS);

describe('kill -9 at any moment', () => {
  it(`leaves a new directory whole or absent (${KILLS} times)`, async () => {
    let killed = 0;
    for (let count = 0; count < KILLS || (killed === 0 && count < KILLS + PATIENCE); count++) {
      const parent = scratch();
      const directory = join(parent, 'out');
      if (await runAndKill([...ARGS, '--out', directory], moment(count % KILLS))) killed++;
      // It was measured on a busier machine than this is now.
      else duration *= 0.8;
      if (existsSync(directory)) expect(readTree(directory)).toEqual(whole);
      else expect(readdirSync(parent).every(name => name.startsWith('.out.chartroom-'))).toBe(true);
      expect(chartroom([...ARGS, '--out', directory]).code).toBe(0);
      expect(readdirSync(parent)).toEqual(['out']);
      expect(readTree(directory)).toEqual(whole);
    }
    expect(killed).toBeGreaterThan(0);
  });

  it(`leaves an existing directory so that the next run makes it right (${KILLS} times)`, async () => {
    const before = join(scratch(), 'out');
    expect(chartroom([...ARGS, '--out', before]).code).toBe(0);
    writeFileSync(join(before, 'notes.txt'), 'only the user knows this\n');
    const runbook = [...whole.keys()].find(path => path.startsWith('docs/runbooks/')) ?? '';
    const edited = `${readFileSync(join(before, runbook), 'utf8')}\nOur own last line.\n`;
    writeFileSync(join(before, runbook), edited);
    const after = join(scratch(), 'out');
    cpSync(before, after, { recursive: true });
    const { code } = chartroom([...LATER, '--out', after]);
    const wanted = readTree(after);
    for (let count = 0; count < KILLS; count++) {
      const directory = join(scratch(), 'out');
      cpSync(before, directory, { recursive: true });
      await runAndKill([...LATER, '--out', directory], moment(count));
      expect(readFileSync(join(directory, 'notes.txt'), 'utf8')).toBe('only the user knows this\n');
      expect(readFileSync(join(directory, runbook), 'utf8')).toContain('Our own last line.');
      expect(chartroom([...LATER, '--out', directory]).code).toBe(code);
      expect(readTree(directory)).toEqual(wanted);
    }
  });
});

describe('a system that refuses', () => {
  const isRoot = process.getuid?.() === 0;
  const mounted: string[] = [];
  afterAll(() => {
    for (const place of mounted) execFileSync('umount', [place]);
  });

  it('a directory that may not be written: said, and nothing is left', () => {
    const parent = scratch();
    chmodSync(parent, 0o555);
    const { code, stderr } = chartroom([...ARGS, '--out', join(parent, 'out')], { asNobody: true });
    expect([code, stderr]).toEqual([2, expect.stringContaining('not-writable')]);
    expect(readdirSync(parent)).toEqual([]);
  });

  it('a full disk: said, and nothing is left', context => {
    const place = scratch();
    const mount = isRoot ? spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=100k', 'tmpfs', place]) : null;
    if (mount?.status !== 0) context.skip('no file system of this size can be mounted here: that needs root');
    mounted.push(place);
    const { code, stderr } = chartroom([...ARGS, '--out', join(place, 'out')]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('disk-full')]);
    expect(readdirSync(place)).toEqual([]);
  });

  it.runIf(existsSync('/dev/full'))('a standard output that is full: said, exit code 2', () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', '"$0" "$1" --help > /dev/full', process.execPath, bin],
      {
        encoding: 'utf8',
      },
    );
    expect([status, stderr]).toEqual([2, expect.stringContaining('the disk is full')]);
  });

  it.runIf(process.platform !== 'win32')(
    'few file handles: enough, since files are open one at a time',
    () => {
      const directory = join(scratch(), 'out');
      const limited = 'ulimit -n 24; exec "$@"';
      const { status, stderr } = spawnSync(
        'sh',
        ['-c', limited, 'sh', process.execPath, bin, ...ARGS, '--out', directory],
        { encoding: 'utf8', cwd: root },
      );
      expect([status, stderr]).toEqual([0, expect.stringContaining('created')]);
      expect(readTree(directory)).toEqual(whole);
    },
  );
});

describe('somebody else', () => {
  it('two runs into one new directory: one writes it, the other says so or agrees', async () => {
    const directory = join(scratch(), 'out');
    const codes = await Promise.all(
      [1, 2].map(
        () =>
          new Promise<number | null>(resolve => {
            const child = spawn(process.execPath, [bin, ...ARGS, '--out', directory], {
              stdio: 'ignore',
              cwd: root,
            });
            child.once('close', resolve);
          }),
      ),
    );
    expect(codes).toContain(0);
    expect(codes.every(code => code === 0 || code === 2)).toBe(true);
    expect(readTree(directory)).toEqual(whole);
  });

  it('links: nothing is written through one that leads out of the directory', () => {
    const [parent, outside] = [scratch(), scratch()];
    const directory = join(parent, 'out');
    mkdirSync(directory);
    symlinkSync(outside, join(directory, 'docs'));
    const { code, stderr } = chartroom([...ARGS, '--out', directory, '--into-existing']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('link-in-path')]);
    expect(readdirSync(outside)).toEqual([]);
    expect(readdirSync(directory)).toEqual(['docs']);
  });

  it('a directory name that is long, odd or leads upwards is taken as it is', () => {
    const parent = scratch();
    mkdirSync(join(parent, 'inner'));
    const name = `${'n'.repeat(200)} $(x) 'q'`;
    expect(chartroom([...ARGS, '--out', `${parent}/inner/../${name}`]).code).toBe(0);
    expect(readdirSync(parent).sort()).toEqual(['inner', name]);
    const { code, stderr } = chartroom([...ARGS, '--out', join(parent, 'n'.repeat(300))]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('path-too-long')]);
  });
});

describe('a clock that was set back', () => {
  it('is believed: records are dated by it, and nothing that was edited or accepted is lost', () => {
    const undated = join(scratch(), 'answers.yaml');
    writeFileSync(undated, readFileSync(example('small-saas-gcp'), 'utf8').replace(/^as-of: .*\n/m, ''));
    const directory = join(scratch(), 'out');
    const run = (clock: string) => chartroom(['decide', undated, '--out', directory], { clock });
    expect(run('2027-03-01').code).toBe(0);
    const accepted = ['status', '1', 'accepted', '--by', 'Ana', '--dir', directory];
    expect(chartroom(accepted, { clock: '2027-03-01' }).code).toBe(0);
    const edited = `${readFileSync(join(directory, 'README.md'), 'utf8')}\nOur own last line.\n`;
    writeFileSync(join(directory, 'README.md'), edited);
    const record = readFileSync(recordIn(directory, '0001'), 'utf8');

    for (const clock of ['2026-01-01', '2027-03-02']) {
      expect([0, 4]).toContain(run(clock).code);
      expect(readFileSync(join(directory, 'README.md'), 'utf8')).toContain('Our own last line.');
      expect(readFileSync(recordIn(directory, '0001'), 'utf8')).toBe(record);
      expect(readFileSync(recordIn(directory, '0002'), 'utf8')).toContain(`date: ${clock}`);
      expect(chartroom(['review', directory], { clock }).stderr).not.toContain('fault');
    }
  });
});

const recordIn = (directory: string, number: string): string =>
  join(
    directory,
    'docs/adr',
    readdirSync(join(directory, 'docs/adr')).find(each => each.startsWith(number)) ?? '',
  );

describe('unfinished runs whose file is damaged', () => {
  it.each([
    '',
    '{',
    '[]',
    '"x"',
    'null',
    '{"1": null}',
    '{"1": {"savedAt": 5}}',
    '\u0000\u0001',
    '{"__proto__": {"a": 1}}',
  ])('%j: the wizard starts without them and keeps new ones', text => {
    const folder = scratch();
    writeFileSync(join(folder, 'unfinished-runs.json'), text);
    vi.stubEnv('CHARTROOM_CONFIG_DIR', folder);
    expect(savedRuns()).toEqual([]);
    saveRun({ run: 7 } as Parameters<typeof saveRun>[0]);
    expect(savedRuns().map(kept => kept.run.run)).toEqual([7]);
    vi.unstubAllEnvs();
  });
});
