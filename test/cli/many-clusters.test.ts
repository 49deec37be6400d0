/** Numbers that multiply are said as numbers before anybody reads a hundred folders. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseAnswers } from '../../src/answers/parse.ts';
import { manyClusters, tooManyClusters } from '../../src/cli/too-many-clusters.ts';
import type { Answer, Id } from '../../src/content/catalogue.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { decide } from '../../src/engine/decide.ts';
import { shippedCatalogue as catalogue } from '../content/shipped.ts';
import { example } from './run.ts';

const engine = createEngine(catalogue);
const place = example('platform-aws');
const { file } = parseAnswers(readFileSync(place, 'utf8'), place, catalogue);

function said(answers: Readonly<Record<Id, Answer>>, pins: Readonly<Record<Id, Id>>) {
  if (file === null) throw new Error('the example cannot be read');
  const stack = decide(engine, {
    answers: new Map([...file.answers, ...Object.entries(answers)]),
    pins: new Map(
      Object.entries(pins).map(([decision, choose]) => [decision, { choose, because: 'For this test.' }]),
    ),
    asOf: '2026-11-20',
  });
  const run = { catalogue, file, place };
  return { note: manyClusters(run, { stack }), refused: tooManyClusters(run, { stack }) };
}

const BY_REGION = { topology: 'cluster-per-region-and-tier', recovery: 'backup-restore' };
test.each([
  [
    'environments times regions',
    { environments: 20, regions: 5 },
    BY_REGION,
    /^20 environments x 5 regions make 100 clusters: 100 control planes/,
  ],
  [
    'environments, and what stands ready for the last of them',
    { environments: 20 },
    { topology: 'cluster-per-environment', recovery: 'warm-standby' },
    /^20 environments and 1 that stand ready make 21 clusters/,
  ],
  [
    'regions that each stand by in another one',
    { environments: 5, regions: 4 },
    { ...BY_REGION, recovery: 'warm-standby' },
    /^5 environments x 4 regions and 4 that stand ready make 24 clusters/,
  ],
] as const)('%s', async (_made, answers, pins, says) => {
  const { note, refused } = said(answers, pins);
  expect(await note).toMatch(says);
  expect(await refused).toBeNull();
});

test.each([
  ['twenty', { environments: 20 }, { topology: 'cluster-per-environment', recovery: 'backup-restore' }],
  ['one for all', { environments: 20, regions: 30 }, { topology: 'shared-cluster' }],
] as const)('%s is nothing to speak of', async (_few, answers, pins) => {
  const { note, refused } = said(answers, pins);
  expect([await note, await refused]).toEqual([null, null]);
});

test('more than one repository holds is refused, with the same numbers', async () => {
  const { refused } = said({ environments: 20, regions: 30 }, BY_REGION);
  expect((await refused)?.message).toMatch(/^20 environments x 30 regions make 600 clusters, and one/);
});
