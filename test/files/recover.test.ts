/** Every single change on the disk fails once, and the process dies at every one of them. */
import { readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BASE_PATH } from '../../src/files/base.ts';
import { LOCK_PATH } from '../../src/files/lock.ts';
import { planWrite, type ReadyPlan } from '../../src/files/plan.ts';
import { readDirectory } from '../../src/files/read-directory.ts';
import { recoverDirectory } from '../../src/files/recover.ts';
import { writePlan } from '../../src/files/write.ts';
import { contents, faulty, put, scratch } from './scratch.ts';

const HEAD = { chartroom: '0.1.0', knowledge: '0123456789ab', asOf: '2026-11-20' };
const FIRST = new Map([
  ['README.md', 'one\n'],
  ['apps/web/deployment.yaml', 'a: 1\n'],
  ['docs/adr/0001-x.md', '# X\n'],
  ['edited.txt', 'ours\n'],
  ['same.txt', 'same\n'],
]);
const SECOND = new Map([
  ['README.md', 'two\n'],
  ['apps/api/deployment.yaml', 'b: 2\n'],
  ['edited.txt', 'ours, newer\n'],
  ['same.txt', 'same\n'],
  ['new/deep/er.sh', '#!/bin/sh\n'],
]);

function ready(directory: string, tree: ReadonlyMap<string, string>): ReadyPlan {
  const reading = readDirectory(directory, tree.keys());
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  const plan = planWrite(tree, reading.state, { head: HEAD, existing: 'refuse' });
  if (plan.status !== 'ready') throw new Error(JSON.stringify(plan));
  return plan;
}

/** A directory that we wrote and the user went on with. */
async function usedDirectory(): Promise<string> {
  const directory = join(scratch(), 'platform');
  await writePlan(ready(directory, FIRST));
  put(directory, USERS);
  return directory;
}
/** The run that died is no longer there. */
function bury(directory: string): void {
  const folder = join(directory, '.chartroom');
  for (const name of readdirSync(folder).filter(name => name.startsWith('writing.json'))) {
    const claim = readFileSync(join(folder, name), 'utf8').replace(/"pid":\d+/, '"pid":999999999');
    rmSync(join(folder, name));
    put(folder, { [name.replace(/\.\d+$/, '.999999999')]: claim });
  }
}
const USERS = { 'edited.txt': 'the user edited this\n', 'notes.txt': 'only the user knows this\n' };

async function complete(): Promise<{
  before: Record<string, string>;
  after: Record<string, string>;
  changes: number;
}> {
  const directory = await usedDirectory();
  const before = contents(directory);
  const counter = faulty(0, 'fails');
  expect(await writePlan(ready(directory, SECOND), { disk: counter.disk })).toMatchObject({
    status: 'written',
  });
  return { before, after: contents(directory), changes: counter.count() };
}

describe('an existing directory', () => {
  it('is as it was or complete when one change fails, and the next run completes it', async () => {
    const { before, after, changes } = await complete();
    expect(after).toMatchObject({ ...USERS, 'README.md': 'two\n', 'edited.txt.new': 'ours, newer\n' });
    expect(changes).toBeGreaterThan(30);
    for (const code of ['ENOSPC', 'EACCES']) {
      for (let at = 1; at <= changes; at++) {
        const directory = await usedDirectory();
        const result = await writePlan(ready(directory, SECOND), { disk: faulty(at, 'fails', code).disk });
        expect(result.status).toBe('failed');
        bury(directory);
        expect(recoverDirectory(directory).status).not.toBe('failed');
        const state = contents(directory);
        expect([before, after]).toContainEqual(state);
        await writePlan(ready(directory, SECOND));
        expect(contents(directory)).toEqual(after);
      }
    }
  });

  it('is as it was right away when a change fails before all was in place', async () => {
    const { before, changes } = await complete();
    let takenBack = 0;
    for (let at = 1; at <= changes; at++) {
      const directory = await usedDirectory();
      await writePlan(ready(directory, SECOND), { disk: faulty(at, 'fails').disk });
      const left = Object.keys(contents(directory)).filter(
        path => path.startsWith('.chartroom/') && path !== LOCK_PATH && path !== BASE_PATH,
      );
      if (left.length > 0) continue;
      takenBack++;
      expect(contents(directory)).toEqual(before);
    }
    // The others failed in the clearing up after everything was in place.
    expect(takenBack).toBeGreaterThan(changes - 12);
  });

  it('keeps every byte of the user at the moment the process dies, and the next run finishes or takes back', async () => {
    const { before, after, changes } = await complete();
    const outcomes = new Set<string>();
    for (let at = 1; at <= changes; at++) {
      const directory = await usedDirectory();
      await writePlan(ready(directory, SECOND), { disk: faulty(at, 'dies').disk });
      expect(contents(directory)).toMatchObject(USERS);
      bury(directory);
      const recovery = recoverDirectory(directory);
      outcomes.add(recovery.status);
      expect(contents(directory)).toEqual(
        recovery.status === 'finished'
          ? after
          : expect.toSatisfy(state => same(state, before) || same(state, after)),
      );
      await writePlan(ready(directory, SECOND));
      expect(contents(directory)).toEqual(after);
    }
    expect(outcomes).toEqual(new Set(['taken-back', 'finished']));
  });

  it('survives dying again while it recovers', async () => {
    const { before, after, changes } = await complete();
    for (let at = 1; at <= changes; at += 4) {
      for (let again = 1; again <= 30; again += 3) {
        const directory = await usedDirectory();
        await writePlan(ready(directory, SECOND), { disk: faulty(at, 'dies').disk });
        bury(directory);
        recoverDirectory(directory, faulty(again, 'dies').disk);
        expect(contents(directory)).toMatchObject(USERS);
        bury(directory);
        expect(recoverDirectory(directory).status).not.toBe('failed');
        expect(contents(directory)).toSatisfy(state => same(state, before) || same(state, after));
      }
    }
  });

  it('is not planned for before it was recovered', async () => {
    const directory = await usedDirectory();
    await writePlan(ready(directory, SECOND), { disk: faulty(12, 'dies').disk });
    bury(directory);
    const reading = readDirectory(directory, SECOND.keys());
    if ('problems' in reading) throw new Error('unreadable');
    expect(planWrite(SECOND, reading.state, { head: HEAD, existing: 'refuse' })).toMatchObject({
      status: 'refused',
      problems: [{ code: 'unfinished' }],
    });
  });

  it('keeps what the user edits between the crash and the next run', async () => {
    const { changes } = await complete();
    for (let at = 1; at <= changes; at++) {
      const directory = await usedDirectory();
      await writePlan(ready(directory, SECOND), { disk: faulty(at, 'dies').disk });
      bury(directory);
      put(directory, {
        'README.md': 'edited after the crash\n',
        'apps/api/deployment.yaml': 'mine\n',
        'docs/adr/0001-x.md': 'mine\n',
      });
      expect(recoverDirectory(directory).status).not.toBe('failed');
      expect(contents(directory)).toMatchObject({
        ...USERS,
        'README.md': 'edited after the crash\n',
        'apps/api/deployment.yaml': 'mine\n',
        'docs/adr/0001-x.md': 'mine\n',
      });
    }
  });

  it.each([
    ['no JSON', '{'],
    ['another format', '{"format":9,"directories":[],"steps":[]}'],
    [
      'a way out',
      '{"format":1,"directories":[],"steps":[{"change":"remove","path":"../x","before":"' +
        '0'.repeat(64) +
        '"}]}',
    ],
    ['an absolute path', '{"format":1,"directories":["/etc"],"steps":[]}'],
    ['an unknown step', '{"format":1,"directories":[],"steps":[{"change":"run","path":"x"}]}'],
  ])('is left alone when the journal holds %s', async (_what, journal) => {
    const directory = await usedDirectory();
    put(directory, { '.chartroom/journal.json': journal });
    const before = contents(directory);
    expect(recoverDirectory(directory)).toMatchObject({
      status: 'failed',
      problem: { code: 'damaged-journal' },
    });
    expect(contents(directory)).toMatchObject(before);
  });

  it('is not written through a link that a journal names', async () => {
    const directory = await usedDirectory();
    const outside = scratch();
    symlinkSync(outside, join(directory, 'out'));
    const steps = `[{"change":"create","path":"out/evil.txt","after":"${'0'.repeat(64)}"}]`;
    put(directory, {
      '.chartroom/journal.json': `{"format":1,"directories":[],"steps":${steps}}`,
      '.chartroom/staged/0': 'evil',
    });
    expect(recoverDirectory(directory)).toMatchObject({ status: 'failed' });
    expect(contents(outside)).toEqual({});
  });
});

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
