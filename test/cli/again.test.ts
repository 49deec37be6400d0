/** A repository that is written a second time, by somebody who has worked in it since. */
import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readMemory } from '../../src/adr/record-memory.ts';
import { readStatus } from '../../src/adr/standing.ts';
import { readBase } from '../../src/files/base.ts';
import { contents, put, scratch } from '../files/scratch.ts';
import { again, planAgain, recordsIn, shipped, sign } from './run-in-process.ts';

const FIRST = { cloud: 'gcp', services: 2, teams: 1, 'fits-serverless': 'all', 'platform-team': 0 };
/** Another service, and so another pick of the decision that these tests are about. */
const OTHER = { ...FIRST, cloud: 'azure' };
const DECISION = 'serverless-service';
/** That decision falls away. */
const WITHOUT = { ...FIRST, 'needs-kubernetes-api': 'yes', 'fits-serverless': 'none' };

const isRecord = (path: string): boolean => /^docs\/adr\/\d{4}-/.test(path);
function pathOf(directory: string, decision: string): string {
  const records = recordsIn(directory).get(decision) ?? [];
  expect(records).toHaveLength(1);
  return records[0]?.path ?? '';
}
function lockOf(directory: string) {
  return JSON.parse(readFileSync(join(directory, '.chartroom/lock.json'), 'utf8')) as {
    records: Record<string, unknown>;
    packs: unknown;
    answers: unknown;
  };
}
function linesThatDiffer(before: string, after: string): readonly string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  expect(now).toHaveLength(old.length);
  return now.filter((line, index) => line !== old[index]);
}
function deadLinks(files: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    if (!path.endsWith('.md')) return [];
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const links = [...text.matchAll(/\]\(([^():]+)\)/g)].map(([, link]) => folder + link);
    return links.filter(link => !(link in files)).map(link => `${path}: ${link}`);
  });
}
const written = new Map<string, Readonly<Record<string, string>>>();
/** As the first run left it. */
async function first(): Promise<string> {
  const directory = join(scratch(), 'out');
  const known = written.get('first');
  if (known !== undefined) put(directory, known);
  else await again(directory, FIRST);
  written.set('first', contents(directory));
  return directory;
}

describe('a proposed record', () => {
  test('is written again in place: its number stays, the file is called after the new pick', async () => {
    const directory = await first();
    const before = pathOf(directory, DECISION);
    await again(directory, OTHER);
    const after = pathOf(directory, DECISION);
    expect(after).not.toBe(before);
    expect(after.slice(0, 13)).toBe(before.slice(0, 13));
    const texts = readBase(contents(directory)['.chartroom/base.txt'] ?? '');
    expect(texts.has(before)).toBe(false);
    expect(texts.has(after)).toBe(true);
  });

  test('that the user edited keeps its name, its edits and its number under a new pick', async () => {
    const directory = await first();
    const path = pathOf(directory, DECISION);
    const text = contents(directory)[path] ?? '';
    put(directory, { [path]: `${text}\nWe talked about this for three weeks.\n` });
    await again(directory, OTHER);
    expect(pathOf(directory, DECISION)).toBe(path);
    expect(contents(directory)[path]).toContain('We talked about this for three weeks.');
    expect(contents(directory)[path]).toContain('Container Apps');
    expect(Object.keys(contents(directory)).filter(isRecord)).toHaveLength(recordsIn(directory).size);
  });

  test('comes back under its number when its decision does, and no other record takes it', async () => {
    const directory = await first();
    const all = contents(directory);
    await again(directory, WITHOUT);
    expect(recordsIn(directory).has(DECISION)).toBe(false);
    await again(directory, FIRST);
    const now = Object.keys(contents(directory)).filter(isRecord);
    for (const path of Object.keys(all).filter(isRecord)) expect(now).toContain(path);
  });
});

describe('an accepted record', () => {
  test('stays byte for byte while its outcome does, whatever else changes', async () => {
    const directory = await first();
    const path = pathOf(directory, 'platform');
    sign(directory, path, 'accepted');
    const signed = contents(directory)[path] ?? '';
    put(directory, { [path]: `${signed}\nAgreed in the board meeting.\n` });
    await again(directory, FIRST, { asOf: '2027-03-01' });
    expect(contents(directory)[path]).toBe(`${signed}\nAgreed in the board meeting.\n`);
    expect(contents(directory)['docs/adr/index.md']).toMatch(/^\| \[ADR-0001\].*\| accepted \|/m);
    const decisions = JSON.parse(contents(directory)['docs/adr/decisions.json'] ?? '') as {
      decisions: readonly { id: string; adr: { status: string; number: number } | null }[];
    };
    expect(decisions.decisions.find(one => one.id === 'platform')?.adr).toMatchObject({
      number: 1,
      status: 'accepted',
    });
    const { plan } = await again(directory, FIRST, { asOf: '2027-03-01' });
    expect(new Set(plan.changes.map(({ change }) => change))).toEqual(new Set(['unchanged']));
    expect([plan.lock, plan.base]).toEqual([null, null]);
  });

  test('is superseded by the next number when its pick changes; only its status and links change', async () => {
    const directory = await first();
    const path = pathOf(directory, DECISION);
    const last = Math.max(
      ...Object.keys(contents(directory))
        .filter(isRecord)
        .map(name => Number(name.slice(9, 13))),
    );
    sign(directory, path, 'accepted');
    const signed = `${contents(directory)[path]}\nAgreed in the board meeting.\n`;
    put(directory, { [path]: signed });
    const { notes } = await again(directory, OTHER);
    const files = contents(directory);
    const [heir = ''] = Object.keys(files).filter(name =>
      name.startsWith(`docs/adr/${String(last + 1).padStart(4, '0')}-`),
    );
    const name = heir.slice('docs/adr/'.length);
    expect(notes[0]).toMatch(
      new RegExp(`^ADR-00${last + 1} supersedes ADR-${path.slice(9, 13)}: Cloud Run -> `),
    );
    expect(linesThatDiffer(signed, files[path] ?? '')).toEqual([
      'status: superseded',
      expect.stringMatching(new RegExp(`^links: .*\\{target: ${last + 1}, kind: supersededby\\}\\]$`)),
      `* Status: superseded by [${name.slice(0, -3)}](${name})`,
    ]);
    expect(files[heir]).toContain('status: proposed');
    expect(files[heir]).toContain(`{target: ${Number(path.slice(9, 13))}, kind: supersedes}`);
    expect(files[heir]).toContain(
      `* Supersedes [Serverless service: Cloud Run](${path.slice('docs/adr/'.length)})`,
    );
    expect(files['docs/adr/index.md']).toContain(`superseded by ADR-00${last + 1}`);
    expect(files['docs/adr/decisions.json']).toContain(`"path": "${name}"`);
    // Records that were signed are not touched for the sake of a link; those that were not follow it.
    expect(deadLinks(files)).toEqual([]);
    const { plan } = await again(directory, OTHER);
    expect(plan.changes.filter(({ change }) => change !== 'unchanged')).toEqual([]);
    // The new one is still proposed: it is written again in place, and still supersedes the old one.
    await again(directory, OTHER, { asOf: '2027-01-01' });
    expect(contents(directory)[heir]).toContain('date: 2027-01-01');
    expect(contents(directory)[heir]).toContain('kind: supersedes}');
  });

  test('is superseded when the user pins another reason to the same pick', async () => {
    const directory = await first();
    const path = pathOf(directory, DECISION);
    sign(directory, path, 'accepted');
    const { notes } = await again(directory, FIRST, {
      pins: { [DECISION]: { choose: 'cloud-run', because: 'House rule.' } },
    });
    expect(notes).toEqual([expect.stringMatching(/supersedes .*: pinned for another reason\.$/)]);
    expect(readStatus(contents(directory)[path] ?? '')).toBe('superseded');
  });

  test('stays when its decision is no longer needed', async () => {
    const directory = await first();
    const path = pathOf(directory, DECISION);
    sign(directory, path, 'accepted');
    const signed = contents(directory)[path];
    await again(directory, WITHOUT);
    expect(contents(directory)[path]).toBe(signed);
    expect(contents(directory)['docs/adr/index.md']).toContain(path.slice('docs/adr/'.length));
  });

  test('that is set back to proposed is merged like any other, with what was written into it meanwhile', async () => {
    const directory = await first();
    const path = pathOf(directory, DECISION);
    sign(directory, path, 'accepted');
    put(directory, { [path]: `${contents(directory)[path]}\nAgreed in the board meeting.\n` });
    await again(directory, FIRST);
    put(directory, {
      [path]: (contents(directory)[path] ?? '').replaceAll('tatus: accepted', 'tatus: proposed'),
    });
    await again(directory, { ...FIRST, services: 3 });
    expect(contents(directory)[path]).toContain('Agreed in the board meeting.');
    expect(contents(directory)[path]).toContain('3 services will run within a year.');
  });

  test('that was rejected stays as it is, and the next number links to it', async () => {
    const directory = await first();
    const path = pathOf(directory, DECISION);
    sign(directory, path, 'rejected');
    const signed = contents(directory)[path];
    await again(directory, OTHER);
    const files = contents(directory);
    expect(files[path]).toBe(signed);
    const heir = (recordsIn(directory).get(DECISION) ?? []).find(one => one.path !== path);
    expect(heir?.text).toContain(`](${path.slice('docs/adr/'.length)})`);
    expect(heir?.text).not.toContain('supersedes');
  });
});

describe('a record that the user', () => {
  test('removed stays removed, and nothing links to it', async () => {
    const directory = await first();
    const path = pathOf(directory, DECISION);
    rmSync(join(directory, path));
    await again(directory, FIRST);
    await again(directory, OTHER);
    expect(recordsIn(directory).has(DECISION)).toBe(false);
    for (const text of Object.values(contents(directory)))
      expect(text).not.toContain(`(${path.slice('docs/adr/'.length)})`);
    await again(directory, WITHOUT);
    await again(directory, OTHER);
    expect(recordsIn(directory).has(DECISION)).toBe(false);
  });

  test('renamed is theirs from then on', async () => {
    const directory = await first();
    const path = pathOf(directory, DECISION);
    const name = path.replace(/[^/]*$/, file => `${file.slice(0, 4)}-why-cloud-run.md`);
    renameSync(join(directory, path), join(directory, name));
    const text = contents(directory)[name];
    await again(directory, OTHER);
    expect(contents(directory)[name]).toBe(text);
    expect(Object.keys(contents(directory)).filter(file => file.startsWith(path.slice(0, 13)))).toEqual([
      name,
    ]);
  });
});

test('the lock file holds answers, packs and the record of each decision', async () => {
  const directory = await first();
  const { answers, packs, records } = lockOf(directory);
  expect(answers).toEqual(FIRST);
  expect(packs).toEqual(shipped.packs);
  const memory = readMemory(records);
  expect(memory).toMatchObject({ folder: 'docs/adr', form: 'madr' });
  expect(memory !== null && memory !== 'damaged' && memory.of.get(DECISION)).toMatchObject({
    outcome: { pick: 'cloud-run' },
    supersedes: null,
    removed: false,
  });
});

describe('what is there cannot be gone on from', () => {
  test.each([
    [
      'two records have one number',
      'docs/adr/0003-another.md',
      '# Another\n',
      'duplicate-number',
      /0003-another\.md/,
    ],
    ['the lock file is damaged', '.chartroom/lock.json', '<<<<<<< HEAD\n', 'damaged-lock', /no JSON/],
    [
      'what the lock file remembers of the records is damaged',
      '.chartroom/lock.json',
      `{"format":1,"chartroom":"0","knowledge":"0","as-of":"2026-11-20","files":{},"records":{"of":[]}}`,
      'damaged-lock',
      /records/,
    ],
  ])('when %s', async (_, path, text, code, message) => {
    const directory = await first();
    put(directory, { [path]: text });
    const before = contents(directory);
    const { plan } = planAgain(directory, OTHER);
    expect(plan).toMatchObject({
      status: 'refused',
      problems: [{ code, message: expect.stringMatching(message) }],
    });
    const [problem] = plan.status === 'refused' ? plan.problems : [];
    expect(problem?.help).not.toBe('');
    expect(contents(directory)).toEqual(before);
  });

  test('when a directory is where a record was', async () => {
    const directory = await first();
    const path = pathOf(directory, DECISION);
    rmSync(join(directory, path));
    put(directory, { [`${path}/notes.txt`]: 'mine\n' });
    const before = contents(directory);
    const { plan } = planAgain(directory, FIRST);
    expect(plan).toMatchObject({ status: 'refused', problems: [{ code: 'is-directory', file: path }] });
    expect(contents(directory)).toEqual(before);
  });
});
