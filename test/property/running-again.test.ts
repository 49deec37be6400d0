/** Whatever a user does to a generated repository and however the answers change: no edit is ever lost. */
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { duplicateNumbers } from '../../src/adr/record-file-names.ts';
import { isSigned, readStatus } from '../../src/adr/standing.ts';
import type { Answer, Id } from '../../src/content/catalogue.ts';
import { again, planAgain } from '../cli/run-in-process.ts';
import { contents, scratch } from '../files/scratch.ts';
import { anyEdit, edit, isRecord, type Memory, newMemory, wordsOfUser } from './user-edits.ts';

const LONG = process.env.CHARTROOM_LONG === '1';
/** Five rounds in each repository: 20 rounds, or 500. */
const ROUNDS = 5;
const REPOSITORIES = LONG ? 100 : 4;

type Files = Readonly<Record<string, string>>;

const anyAnswers: fc.Arbitrary<Readonly<Record<Id, Answer>>> = fc.record({
  cloud: fc.constantFrom('gcp', 'gcp', 'gcp', 'aws'),
  services: fc.constantFrom(2, 3, 9, 40),
  teams: fc.constantFrom(1, 2, 6),
  'fits-serverless': fc.constantFrom('all', 'all', 'all', 'all', 'most', 'none'),
  'platform-team': fc.constantFrom(0, 1, 5),
  'service-mtls': fc.constantFrom('none', 'mandated'),
  traffic: fc.constantFrom('steady', 'spiky'),
  drivers: fc.constantFrom<(readonly string[])[]>(['cost'], ['operability'], ['security', 'cost']),
});
const anyRound = fc.record({
  edits: fc.array(anyEdit, { minLength: 1, maxLength: 6 }),
  answers: anyAnswers,
  // The rest of the repository costs more and is merged by the same code.
  whole: fc.nat(4).map(one => one === 0),
  day: fc.constantFrom('2026-11-20', '2027-01-15'),
});

test(`every edit is still there after ${ROUNDS * REPOSITORIES} rounds of edits, other answers and another run`, async () => {
  const seen = { conflicts: 0, merges: 0, beside: 0, superseded: 0, words: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(anyRound, { minLength: ROUNDS, maxLength: ROUNDS }), async rounds => {
      const root = join(scratch(), 'out');
      const memory = newMemory();
      await again(
        root,
        { cloud: 'gcp', services: 2, teams: 1, 'fits-serverless': 'all' },
        { only: 'everything' },
      );
      for (const [index, { edits, answers, whole, day }] of rounds.entries()) {
        for (const one of edits) edit(root, one, memory);
        const before = contents(root);
        const options = { only: whole ? 'everything' : 'adr', asOf: day } as const;
        const { plan, notes, left } = await again(root, answers, options);
        const after = contents(root);
        expectNothingLost(before, after, memory);
        expectSignedStand(before, after);
        expectRecordsInOrder(after);
        for (const path of left) expect(after[path] ?? after[`${path}.new`], path).toBeDefined();
        // Another run in all but writing, so the short mode does it once per repository.
        if (LONG || index === ROUNDS - 1) expectNothingToDo(root, answers, options);
        for (const change of plan.changes) {
          if (change.change === 'merge') seen[change.conflicts > 0 ? 'conflicts' : 'merges']++;
          if (change.change === 'kept' && change.beside !== null) seen.beside++;
        }
        seen.superseded += notes.filter(note => note.includes(' supersedes ')).length;
        seen.words += Object.values(before).flatMap(wordsOfUser).length;
      }
    }),
    // Shrinking a repository's history takes minutes; the seed and the path name it as well.
    { numRuns: REPOSITORIES, endOnFailure: true },
  );
  // The rounds reach what they are meant to reach.
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(0);
});

/** In the file, between markers in it, or in the file that the user made of it. */
function expectNothingLost(before: Files, after: Files, memory: Memory): void {
  for (const [path, text] of Object.entries(before)) {
    if (path.startsWith('.chartroom/')) continue;
    const now = after[path] ?? '';
    for (const word of wordsOfUser(text)) expect(now.includes(word), `${word} of ${path}`).toBe(true);
  }
  for (const [path, text] of memory.own) expect(after[path], path).toBe(text);
  for (const path of memory.removed) expect(after[path], `${path} was removed`).toBeUndefined();
}

/** Nothing but status and links changes in a record that somebody signed. */
function expectSignedStand(before: Files, after: Files): void {
  const body = (text: string): string => text.replace(/^(?:status: .*|links: .*|\* Status: .*)\n/gm, '');
  for (const [path, text] of Object.entries(before)) {
    if (!isRecord(path) || !isSigned(readStatus(text))) continue;
    expect(body(after[path] ?? ''), path).toBe(body(text));
    const names = [...text.matchAll(/\]\((\d[^()/]*\.md)\)/g)].map(([, name]) => `docs/adr/${name}`);
    for (const name of names.filter(one => one in before))
      expect(after[name], `${path} links to ${name}`).toBeDefined();
    const [was, is] = [readStatus(text), readStatus(after[path] ?? '')];
    if (was !== 'accepted') expect(is, path).toBe(was);
    else expect(['accepted', 'superseded'], path).toContain(is);
  }
}

function expectRecordsInOrder(after: Files): void {
  const names = Object.keys(after)
    .filter(isRecord)
    .map(path => path.slice('docs/adr/'.length));
  expect(duplicateNumbers(names)).toEqual([]);
}

/** The next run with the same answers writes nothing. */
function expectNothingToDo(
  root: string,
  ...run: readonly [Parameters<typeof again>[1], Parameters<typeof again>[2]]
): void {
  const { plan } = planAgain(root, ...run);
  if (plan.status !== 'ready') throw new Error(JSON.stringify(plan));
  expect(plan.changes.filter(({ change }) => change !== 'unchanged' && change !== 'kept')).toEqual([]);
  expect([plan.lock, plan.base]).toEqual([null, null]);
}
