/** `chartroom status` by the real program: what a team does with a generated repository, and the mistakes it can make. */
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { status } from '../../src/cli/status.ts';
import { chartroom, example, readTree, scratch } from './run.ts';
import { said as saidBy } from './said.ts';

const generated = join(scratch(), 'generated');
const RECORD = 'docs/adr/0001-platform-kubernetes.md';

beforeAll(() => {
  expect(chartroom(['decide', example('platform-aws'), '--out', generated]).code).toBe(0);
});

function copy(): string {
  const directory = join(scratch(), 'copy');
  cpSync(generated, directory, { recursive: true });
  return directory;
}

describe('chartroom status', () => {
  test('accepts a record by name and day, in all files that tell of it, and the next run sees no edit of the user', () => {
    const directory = copy();
    const before = readTree(directory);
    const args = ['status', 'ADR-0001', 'accepted', '--by', 'Ada Lovelace', '--as-of', '2026-12-01'];
    const result = chartroom([...args, '--dir', directory]);
    expect(result).toMatchObject({ code: 0 });
    expect(result.stdout).toBe(
      'ADR-0001 was proposed and is accepted, 2026-12-01. Decided by: Ada Lovelace.\n',
    );
    const after = readTree(directory);
    const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
    expect(changed).toEqual([
      '.chartroom/base.txt',
      '.chartroom/lock.json',
      RECORD,
      'docs/adr/decisions.json',
      'docs/adr/index.json',
      'docs/adr/index.md',
    ]);
    const again = chartroom(['decide', example('platform-aws'), '--out', directory, '--dry-run']);
    expect(again.stdout).not.toContain('you edited it');
    expect(chartroom(args.slice(0, 3), { cwd: join(directory, 'docs/adr') })).toMatchObject({
      code: 0,
      stdout: 'ADR-0001 is accepted already; nothing was changed.\n',
    });
    expect(readTree(directory)).toEqual(after);
  });

  test('an edit of the user in the record stays, and stays an edit', () => {
    const directory = copy();
    const path = join(directory, RECORD);
    writeFileSync(path, readFileSync(path, 'utf8').replace('## Evidence', 'Our own remark.\n\n## Evidence'));
    const lock = readFileSync(join(directory, '.chartroom/lock.json'), 'utf8');
    const hashOf = (text: string): unknown => JSON.parse(text).files[RECORD];
    expect(chartroom(['status', '1', 'rejected', '--dir', directory])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Decided by: Head of platform, Chief architect.'),
    });
    expect(readFileSync(path, 'utf8')).toContain('Our own remark.');
    expect(readFileSync(path, 'utf8')).toContain('status: rejected');
    expect(hashOf(readFileSync(join(directory, '.chartroom/lock.json'), 'utf8'))).toBe(hashOf(lock));
  });
});

const said = (args: readonly string[], flags: Parameters<typeof status>[1]) =>
  saidBy(() => status(args, flags));

describe('chartroom status, asked for what cannot be', () => {
  const cases: readonly (readonly [string, readonly string[], Parameters<typeof status>[1], RegExp])[] = [
    [
      'a word that is no status',
      ['1', 'done'],
      {},
      /a status is accepted, rejected or superseded, not "done"/,
    ],
    ['a word that is no number', ['three', 'accepted'], {}, /"three" is no number of an ADR; write 3/],
    [
      'a number that is not there',
      ['42', 'accepted'],
      {},
      /there is no ADR-0042 in docs\/adr; its numbers are 1 to \d+/,
    ],
    ['nobody by name', ['1', 'accepted'], { by: ['Ada, '] }, /--by takes the name of a person/],
    ['a day that is none', ['1', 'accepted'], { 'as-of': '2026-02-30' }, /--as-of takes a day/],
    [
      'a successor of an accepted one',
      ['1', 'accepted'],
      { successor: '2' },
      /--successor goes with superseded/,
    ],
    [
      'a successor that is proposed',
      ['1', 'superseded'],
      { successor: '2' },
      /ADR-0002 is proposed; only an accepted/,
    ],
    ['a record as its own successor', ['1', 'superseded'], { successor: '1' }, /cannot take its own place/],
  ];
  test.each(cases)('%s: told calmly, nothing written', async (_name, args, flags, message) => {
    const before = readTree(generated);
    const [code, text] = await said(args, { dir: generated, ...flags });
    expect(text).toMatch(message);
    expect(code).toBe(2);
    expect(readTree(generated)).toEqual(before);
  });

  test('two records of one number, a folder without records, a record that is no text', async () => {
    const directory = copy();
    cpSync(join(directory, RECORD), join(directory, 'docs/adr/0001-another.md'));
    expect(await said(['1', 'accepted'], { dir: directory })).toEqual([
      2,
      'ADR-0001 is there 2 times: 0001-another.md, 0001-platform-kubernetes.md. Give one of them another number first.\n',
    ]);
    expect((await said(['1', 'accepted'], { dir: scratch() }))[1]).toMatch(/no ADR was found in .*--dir/);
    writeFileSync(join(directory, 'docs/adr/0099-noise.md'), Buffer.from([0xff, 0xfe, 0x00]));
    expect((await said(['99', 'accepted'], { dir: directory }))[1]).toMatch(
      /no status in a form that Chartroom knows/,
    );
  });

  test('a life of several steps: accepted, superseded by an accepted one, and then it stays', async () => {
    const directory = copy();
    const flags = { dir: directory, 'as-of': '2026-12-01' };
    expect((await said(['1', 'accepted'], flags))[0]).toBe(0);
    expect((await said(['1', 'rejected'], flags))[1]).toMatch(/superseded by a new record, not rejected/);
    expect((await said(['2', 'accepted'], flags))[0]).toBe(0);
    const [code, text] = await said(['1', 'superseded'], { ...flags, successor: '2' });
    expect([code, text]).toEqual([0, expect.stringContaining('is superseded by ADR-0002, 2026-12-01')]);
    const tree = readTree(directory);
    const heir = [...tree.keys()].find(path => path.startsWith('docs/adr/0002-')) ?? '';
    const slug = basename(heir, '.md');
    expect(tree.get(RECORD)).toContain(`* Status: superseded by [${slug}](${slug}.md)`);
    expect(tree.get(heir)).toMatch(/^\* Supersedes \[.*\]\(0001-.*\.md\)$/m);
    expect((await said(['1', 'accepted'], flags))[1]).toMatch(/is superseded; it stays so/);
  });

  test('records of others, in a folder without any file of ours, are changed alone', async () => {
    const directory = scratch();
    cpSync(join(generated, 'docs/adr'), join(directory, 'doc/adr'), { recursive: true });
    for (const name of ['index.md', 'index.json', 'decisions.json']) rmSync(join(directory, 'doc/adr', name));
    renameSync(join(directory, 'doc/adr/0001-platform-kubernetes.md'), join(directory, 'doc/adr/1-ours.md'));
    const before = readTree(directory);
    expect((await said(['1', 'accepted'], { dir: directory }))[0]).toBe(0);
    const after = readTree(directory);
    expect([...after.keys()]).toEqual([...before.keys()]);
    expect([...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path)).toEqual([
      'doc/adr/1-ours.md',
    ]);
  });
});
