import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type PlanOptions, planWrite, type ReadyPlan } from '../../src/files/plan.ts';
import { readDirectory } from '../../src/files/read-directory.ts';
import { type WriteProgress, writePlan } from '../../src/files/write.ts';
import { contents, faulty, put, scratch } from './scratch.ts';

const HEAD = { chartroom: '0.1.0', knowledge: '0123456789ab', asOf: '2026-11-20' };

function planned(
  directory: string,
  files: Readonly<Record<string, string>>,
  options: Partial<PlanOptions> = {},
) {
  const tree = new Map(Object.entries(files));
  const reading = readDirectory(directory, tree.keys());
  if ('problems' in reading) throw new Error(reading.problems.map(({ message }) => message).join());
  return planWrite(tree, reading.state, { head: HEAD, existing: 'refuse', ...options });
}
function ready(
  directory: string,
  files: Readonly<Record<string, string>>,
  options: Partial<PlanOptions> = {},
): ReadyPlan {
  const plan = planned(directory, files, options);
  if (plan.status !== 'ready') throw new Error(JSON.stringify(plan));
  return plan;
}
async function write(
  directory: string,
  files: Readonly<Record<string, string>>,
  options: Partial<PlanOptions> = {},
) {
  const result = await writePlan(ready(directory, files, options));
  expect(result.status).toBe('written');
  return result;
}
/** Without our own folder. */
function theirs(directory: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(contents(directory)).filter(([path]) => !path.startsWith('.chartroom/')),
  );
}
const changes = (plan: ReadyPlan) => plan.changes.map(({ change, path }) => `${change} ${path}`);

const ONE = { 'README.md': 'one\n', 'apps/web.yaml': 'a: 1\n', 'docs/adr/0001-x.md': '# X\n' };
const TWO = { 'README.md': 'two\n', 'apps/web.yaml': 'a: 1\n', 'apps/api.yaml': 'b: 2\n' };

describe('a directory that does not exist', () => {
  it('appears with every file and the lock', async () => {
    const directory = join(scratch(), 'platform');
    await write(directory, ONE);
    expect(theirs(directory)).toEqual(ONE);
    expect(JSON.parse(readFileSync(join(directory, '.chartroom/lock.json'), 'utf8'))).toMatchObject({
      format: 1,
      chartroom: '0.1.0',
      'as-of': '2026-11-20',
      files: { 'README.md': expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it('appears with the directories above it, and nothing else is left', async () => {
    const parent = scratch();
    await write(join(parent, 'a/b/platform'), ONE);
    expect(Object.keys(contents(parent))).toContain('a/b/platform/README.md');
    expect(contents(parent)).toEqual(
      Object.fromEntries(
        Object.entries(contents(join(parent, 'a/b/platform'))).map(([path, text]) => [
          `a/b/platform/${path}`,
          text,
        ]),
      ),
    );
  });

  it('has scripts that can be run', async () => {
    const directory = join(scratch(), 'platform');
    await write(directory, { 'run.sh': '#!/bin/sh\n', 'a.txt': 'a\n' });
    expect(statSync(join(directory, 'run.sh')).mode & 0o100).toBe(0o100);
    expect(statSync(join(directory, 'a.txt')).mode & 0o111).toBe(0);
  });

  it('reports every file while it is written', async () => {
    const progress: WriteProgress[] = [];
    await writePlan(ready(join(scratch(), 'platform'), ONE), {
      onProgress: step => void progress.push(step),
    });
    expect(progress.map(({ done, total, path }) => `${done}/${total} ${path}`)).toEqual([
      '0/3 ',
      '1/3 README.md',
      '2/3 apps/web.yaml',
      '3/3 docs/adr/0001-x.md',
    ]);
  });

  it('is not there at all when any single change fails', async () => {
    const counter = faulty(0, 'fails');
    await writePlan(ready(join(scratch(), 'x'), ONE), { disk: counter.disk });
    for (let at = 1; at <= counter.count(); at++) {
      const parent = scratch();
      const result = await writePlan(ready(join(parent, 'a/platform'), ONE), {
        disk: faulty(at, 'fails').disk,
      });
      expect(result).toMatchObject({
        status: 'failed',
        problem: { code: 'disk-full', message: 'the disk is full' },
      });
      expect(existsSync(join(parent, 'a'))).toBe(false);
      // Cleaning up may itself have failed; the next run then does it.
      if (at < counter.count()) expect(contents(parent)).toEqual({});
    }
  });

  it('is complete or not there when the process dies at any moment, and the next run succeeds', async () => {
    const counter = faulty(0, 'dies');
    await writePlan(ready(join(scratch(), 'x'), ONE), { disk: counter.disk });
    for (let at = 1; at <= counter.count(); at++) {
      const parent = scratch();
      const directory = join(parent, 'platform');
      await writePlan(ready(directory, ONE), { disk: faulty(at, 'dies').disk });
      expect(existsSync(directory)).toBe(false);
      await write(directory, ONE);
      expect(theirs(directory)).toEqual(ONE);
    }
  });

  it('takes away what a run that was killed left beside it', async () => {
    const parent = scratch();
    await writePlan(ready(join(parent, 'platform'), ONE), { disk: faulty(4, 'dies').disk });
    const [left = ''] = Object.keys(contents(parent)).map(path => path.split('/')[0] ?? '');
    expect(left).toMatch(/^\.platform\.chartroom-[0-9a-f]{6}-\d+$/);
    renameSync(join(parent, left), join(parent, left.replace(/\d+$/, '999999999')));
    await write(join(parent, 'platform'), ONE);
    expect(new Set(Object.keys(contents(parent)).map(path => path.split('/')[0]))).toEqual(
      new Set(['platform']),
    );
  });

  it('is refused when it was made in the meantime', async () => {
    const directory = join(scratch(), 'platform');
    const plan = ready(directory, ONE);
    mkdirSync(directory);
    put(directory, { 'mine.txt': 'mine' });
    expect(await writePlan(plan)).toMatchObject({ status: 'failed', problem: { code: 'changed-meanwhile' } });
    expect(contents(directory)).toEqual({ 'mine.txt': 'mine' });
  });
});

describe('a directory that exists', () => {
  it('is filled in place when it is empty, so that a shell in it still sees it', async () => {
    const directory = scratch();
    const inode = statSync(directory).ino;
    await write(directory, ONE);
    expect(statSync(directory).ino).toBe(inode);
    expect(theirs(directory)).toEqual(ONE);
  });

  it('is left alone when it holds something and no lock of ours', () => {
    const directory = scratch();
    put(directory, { 'mine.txt': 'mine' });
    expect(planned(directory, ONE)).toMatchObject({
      status: 'occupied',
      problem: { code: 'not-empty', file: directory },
    });
    expect(contents(directory)).toEqual({ 'mine.txt': 'mine' });
  });

  it('is joined when asked, and nothing that is there is overwritten', async () => {
    const directory = scratch();
    put(directory, { 'README.md': 'mine\n', 'mine.txt': 'mine' });
    const plan = ready(directory, ONE, { existing: 'join' });
    expect(changes(plan)).toEqual([
      'kept README.md',
      'create README.md.new',
      'create apps/web.yaml',
      'create docs/adr/0001-x.md',
    ]);
    await writePlan(plan);
    expect(theirs(directory)).toEqual({
      ...ONE,
      'README.md': 'mine\n',
      'README.md.new': 'one\n',
      'mine.txt': 'mine',
    });
  });

  it('is not touched when nothing changed', async () => {
    const directory = join(scratch(), 'platform');
    await write(directory, ONE);
    const plan = ready(directory, ONE);
    expect(plan.lock).toBeNull();
    expect(changes(plan)).toEqual([
      'unchanged README.md',
      'unchanged apps/web.yaml',
      'unchanged docs/adr/0001-x.md',
    ]);
    expect(await writePlan(plan, { disk: faulty(1, 'dies').disk })).toMatchObject({
      status: 'written',
      files: [],
      removed: [],
    });
  });

  it('gets what changed; what is no longer generated goes, with its empty directory', async () => {
    const directory = join(scratch(), 'platform');
    await write(directory, ONE);
    const plan = ready(directory, TWO);
    expect(changes(plan)).toEqual([
      'update README.md',
      'create apps/api.yaml',
      'unchanged apps/web.yaml',
      'remove docs/adr/0001-x.md',
    ]);
    expect(await writePlan(plan)).toEqual({
      status: 'written',
      files: ['README.md', 'apps/api.yaml'],
      removed: ['docs/adr/0001-x.md'],
      overtaken: [],
    });
    expect(theirs(directory)).toEqual(TWO);
    expect(existsSync(join(directory, 'docs'))).toBe(false);
    expect(Object.keys(contents(directory)).filter(path => path.startsWith('.chartroom'))).toEqual([
      '.chartroom/base.txt',
      '.chartroom/lock.json',
    ]);
  });

  it('keeps the mode of a file that is replaced', async () => {
    const directory = join(scratch(), 'platform');
    await write(directory, ONE);
    chmodSync(join(directory, 'README.md'), 0o600);
    await write(directory, TWO);
    expect(statSync(join(directory, 'README.md')).mode & 0o777).toBe(0o600);
  });

  it('keeps what the user edited and puts ours beside it, once per change of ours', async () => {
    const directory = join(scratch(), 'platform');
    await write(directory, ONE);
    writeFileSync(join(directory, 'README.md'), 'mine\n');
    expect(changes(ready(directory, ONE))).toContain('kept README.md');
    expect(changes(ready(directory, ONE))).not.toContain('create README.md.new');
    await write(directory, TWO);
    expect(theirs(directory)).toMatchObject({ 'README.md': 'mine\n', 'README.md.new': 'two\n' });
    rmSync(join(directory, 'README.md.new'));
    expect(changes(ready(directory, TWO))).not.toContain('create README.md.new');
    expect(changes(ready(directory, { ...TWO, 'README.md': 'three\n' }))).toContain('create README.md.new');
  });

  it('replaces an offer that nobody touched and never one that the user edited', async () => {
    const directory = join(scratch(), 'platform');
    await write(directory, ONE);
    writeFileSync(join(directory, 'README.md'), 'mine\n');
    await write(directory, TWO);
    await write(directory, { ...TWO, 'README.md': 'three\n' });
    expect(theirs(directory)).toMatchObject({ 'README.md': 'mine\n', 'README.md.new': 'three\n' });
    writeFileSync(join(directory, 'README.md.new'), 'half merged\n');
    await write(directory, { ...TWO, 'README.md': 'four\n' });
    expect(theirs(directory)).toMatchObject({
      'README.md.new': 'half merged\n',
      'README.md.new.2': 'four\n',
    });
  });

  it('counts an offer that the user took over as ours again', async () => {
    const directory = join(scratch(), 'platform');
    await write(directory, ONE);
    writeFileSync(join(directory, 'README.md'), 'mine\n');
    await write(directory, TWO);
    renameSync(join(directory, 'README.md.new'), join(directory, 'README.md'));
    expect(changes(ready(directory, { ...TWO, 'README.md': 'three\n' }))).toContain('update README.md');
  });

  it('does not bring back what the user removed', async () => {
    const directory = join(scratch(), 'platform');
    await write(directory, ONE);
    rmSync(join(directory, 'README.md'));
    await write(directory, TWO);
    await write(directory, ONE);
    expect(existsSync(join(directory, 'README.md'))).toBe(false);
  });

  it('keeps an edited file that is no longer generated', async () => {
    const directory = join(scratch(), 'platform');
    await write(directory, ONE);
    writeFileSync(join(directory, 'docs/adr/0001-x.md'), 'mine\n');
    await write(directory, TWO);
    expect(theirs(directory)).toEqual({ ...TWO, 'docs/adr/0001-x.md': 'mine\n' });
  });

  it('takes line ends that Git changed for no edit', async () => {
    const directory = join(scratch(), 'platform');
    await write(directory, ONE);
    writeFileSync(join(directory, 'README.md'), 'one\r\n');
    expect(changes(ready(directory, ONE))).toContain('unchanged README.md');
    await write(directory, TWO);
    expect(theirs(directory)).toEqual(TWO);
  });

  it('leaves files alone that a partial tree does not speak for', async () => {
    const directory = join(scratch(), 'platform');
    await write(directory, ONE);
    const adr = { 'docs/adr/0002-y.md': '# Y\n' };
    await write(directory, adr, { covers: path => path.startsWith('docs/adr/') });
    expect(theirs(directory)).toEqual({ 'README.md': 'one\n', 'apps/web.yaml': 'a: 1\n', ...adr });
    expect(changes(ready(directory, { ...ONE, ...adr }))).toEqual([
      'unchanged README.md',
      'unchanged apps/web.yaml',
      'create docs/adr/0001-x.md',
      'unchanged docs/adr/0002-y.md',
    ]);
  });

  it('keeps a link that the user put in the place of a file', async () => {
    const parent = scratch();
    const directory = join(parent, 'platform');
    await write(directory, ONE);
    put(parent, { 'outside.txt': 'outside\n' });
    rmSync(join(directory, 'README.md'));
    symlinkSync(join(parent, 'outside.txt'), join(directory, 'README.md'));
    await write(directory, TWO);
    expect(readFileSync(join(parent, 'outside.txt'), 'utf8')).toBe('outside\n');
    expect(readFileSync(join(directory, 'README.md.new'), 'utf8')).toBe('two\n');
  });

  it('may be reached through a link itself', async () => {
    const parent = scratch();
    mkdirSync(join(parent, 'real'));
    symlinkSync('real', join(parent, 'link'));
    await write(join(parent, 'link'), ONE);
    expect(theirs(join(parent, 'real'))).toEqual(ONE);
  });

  it('keeps what changed between plan and write', async () => {
    const directory = join(scratch(), 'platform');
    await write(directory, ONE);
    const plan = ready(directory, TWO);
    put(directory, {
      'README.md': 'late edit\n',
      'apps/api.yaml': 'mine: 1\n',
      'docs/adr/0001-x.md': 'late too\n',
    });
    expect(await writePlan(plan)).toMatchObject({
      status: 'written',
      files: [],
      removed: [],
      overtaken: [
        { path: 'README.md', beside: 'README.md.new' },
        { path: 'apps/api.yaml', beside: 'apps/api.yaml.new' },
        { path: 'docs/adr/0001-x.md', beside: null },
      ],
    });
    expect(theirs(directory)).toEqual({
      'README.md': 'late edit\n',
      'README.md.new': 'two\n',
      'apps/api.yaml': 'mine: 1\n',
      'apps/api.yaml.new': 'b: 2\n',
      'apps/web.yaml': 'a: 1\n',
      'docs/adr/0001-x.md': 'late too\n',
    });
  });

  it('is written by one run at a time', async () => {
    const directory = join(scratch(), 'platform');
    await write(directory, ONE);
    put(directory, {
      '.chartroom/writing.json': `{"pid":${process.ppid},"host":${JSON.stringify((await import('node:os')).hostname())}}\n`,
    });
    const before = contents(directory);
    expect(await writePlan(ready(directory, TWO))).toMatchObject({
      status: 'failed',
      problem: { code: 'in-use' },
    });
    expect(contents(directory)).toEqual(before);
  });

  it('is refused when another run finished in the meantime', async () => {
    const directory = join(scratch(), 'platform');
    await write(directory, ONE);
    const plan = ready(directory, TWO);
    await write(directory, { ...TWO, 'README.md': 'three\n' });
    const before = contents(directory);
    expect(await writePlan(plan)).toMatchObject({ status: 'failed', problem: { code: 'changed-meanwhile' } });
    expect(contents(directory)).toEqual(before);
  });
});
