/** A repository that holds records already: its folder, its numbers, its form, and what it decided before. */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRecordName } from '../../src/adr/record-file-names.ts';
import { contents, put, scratch } from '../files/scratch.ts';
import { again, planAgain } from './run-in-process.ts';

const ANSWERS = { cloud: 'gcp', services: 2, teams: 1, 'fits-serverless': 'all', 'platform-team': 0 };
const JOIN = { target: { existing: 'join' } } as const;

const nygard = (number: number, title: string): string =>
  `# ${number}. ${title}\n\nDate: 2024-02-02\n\n## Status\n\nAccepted\n\n## Context\n\nX.\n\n## Decision\n\nY.\n\n## Consequences\n\nZ.\n`;
const madr = (title: string): string =>
  `---\nstatus: accepted\ndate: 2024-02-02\n---\n# ${title}\n\n## Context and Problem Statement\n\nX?\n`;

async function joined(files: Readonly<Record<string, string>>) {
  const directory = scratch();
  put(directory, files);
  const { notes } = await again(directory, ANSWERS, JOIN);
  const now = contents(directory);
  for (const [path, text] of Object.entries(files)) expect(now[path], path).toBe(text);
  const added = Object.keys(now).filter(path => path.endsWith('.md') && !(path in files));
  return {
    directory,
    now,
    notes,
    added: added.filter(path => readRecordName(path.replace(/.*\//, '')) !== null),
  };
}

describe('records go where the others are', () => {
  test.each([
    ['docs/adr', 'docs/adr/0002-use-x.md', 'docs/adr/0003-'],
    ['adr-tools’ folder', 'doc/adr/0011-use-x.md', 'doc/adr/0012-'],
    ['MADR’s folder', 'docs/decisions/0001-use-x.md', 'docs/decisions/0002-'],
    ['three digits', 'docs/architecture/decisions/007-use-x.md', 'docs/architecture/decisions/008-'],
    ['a prefix', 'adr/ADR-0041-use-x.md', 'adr/ADR-0042-'],
    ['days instead of numbers', 'docs/adr/20240202-use-x.md', 'docs/adr/0001-'],
  ])('%s', async (_, path, next) => {
    const { added, now } = await joined({ [path]: madr('Use X') });
    expect(added.sort()[0]).toContain(next);
    expect(added.every(one => one.startsWith(next.slice(0, next.lastIndexOf('/') + 1)))).toBe(true);
    expect(now[`${path.slice(0, path.lastIndexOf('/'))}/index.md`]).toContain(
      'Architecture decisions of shop',
    );
  });

  test.each([
    ['.adr-dir', { '.adr-dir': 'notes/why\n' }],
    [
      '.log4brains.yml',
      { '.log4brains.yml': 'project:\n  name: x\n  adrFolder: ./notes/why\n  packages: []\n' },
    ],
  ])('as %s says', async (_, files) => {
    const { added } = await joined({ ...files, 'docs/adr/0009-old.md': madr('Old') });
    expect(added.every(path => path.startsWith('notes/why/0'))).toBe(true);
    expect(added.length).toBeGreaterThan(1);
  });

  test('in the form that they have, and again so the next time', async () => {
    const { directory, added, now } = await joined({ 'doc/adr/0001-use-x.md': nygard(1, 'Use X') });
    expect(now[added[0] ?? '']).toMatch(/^# 2\. .*\n\nDate: 2026-11-20\n\n## Status\n\nProposed\n/);
    const { plan } = await again(directory, ANSWERS);
    expect(new Set(plan.changes.map(({ change }) => change))).toEqual(new Set(['unchanged']));
  });
});

describe('what is recorded already is linked instead of repeated', () => {
  test('under more information where it is about the same matter', async () => {
    const { now, added } = await joined({
      'docs/adr/0001-run-on-cloud-run.md': madr('Run on Cloud Run'),
      'docs/adr/0002-name-branches.md': madr('Name branches after issues'),
      'docs/adr/0003-old.md': madr('Use Cloud Run for workers').replace('accepted', 'superseded by ADR-0001'),
    });
    const record = now[added.find(path => path.includes('serverless-service')) ?? ''] ?? '';
    expect(record).toContain(
      '* On the same matter, recorded before: [Run on Cloud Run](0001-run-on-cloud-run.md)\n',
    );
    expect(Object.values(now).join('')).not.toContain('](0002-name-branches.md)');
    expect(Object.values(now).join('')).not.toContain('](0003-old.md)');
  });

  test('and stands for ours where it decides the very same', async () => {
    const title = 'Serverless service: Cloud Run';
    const { directory, now, added, notes } = await joined({ 'docs/adr/0004-cloud-run.md': madr(title) });
    expect(added.some(path => path.includes('serverless-service'))).toBe(false);
    expect(notes[0]).toContain('0004-cloud-run.md');
    expect(now['docs/adr/index.md']).toMatch(
      /\| \[ADR-0004\]\(0004-cloud-run\.md\) \| Serverless service \|.*\| accepted \|/,
    );
    const { plan } = await again(directory, ANSWERS);
    expect(new Set(plan.changes.map(({ change }) => change))).toEqual(new Set(['unchanged']));
  });

  test('and our own records are known again when the lock file is lost', async () => {
    const directory = join(scratch(), 'out');
    await again(directory, ANSWERS);
    const before = contents(directory);
    rmSync(join(directory, '.chartroom/lock.json'));
    await again(directory, ANSWERS, JOIN);
    expect(contents(directory)).toEqual(before);
  });
});

describe('is refused and left alone', () => {
  test.each([
    [
      'two records have one number',
      { 'doc/adr/0003-a.md': madr('A'), 'doc/adr/0003-b.md': madr('B') },
      'duplicate-number',
      /0003-a\.md, 0003-b\.md/,
    ],
    ['.adr-dir leads out of the directory', { '.adr-dir': '../elsewhere\n' }, 'bad-path', /\.\.\/elsewhere/],
  ])('where %s', (_, files, code, message) => {
    const directory = scratch();
    put(directory, files);
    const { plan } = planAgain(directory, ANSWERS, JOIN);
    expect(plan).toMatchObject({
      status: 'refused',
      problems: [{ code, message: expect.stringMatching(message) }],
    });
    expect(plan.status === 'refused' && plan.problems[0]?.help).toMatch(/run the command again/);
    expect(contents(directory)).toEqual(files);
  });

  test('where the folder of the records is a link out of the directory', () => {
    const [directory, outside] = [scratch(), scratch()];
    put(outside, { '0001-theirs.md': madr('Theirs') });
    mkdirSync(join(directory, 'docs'));
    symlinkSync(outside, join(directory, 'docs/adr'));
    const { plan } = planAgain(directory, ANSWERS, JOIN);
    expect(plan).toMatchObject({ status: 'refused', problems: [{ code: 'link-in-path', file: 'docs/adr' }] });
    expect(contents(outside)).toEqual({ '0001-theirs.md': madr('Theirs') });
  });
});
