import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolve } from '../../src/content/resolve.ts';
import { byKind, type Kinded, parsed, SMALL_FILES } from './parsed-files.ts';
import { catalogueOf, SMALL } from './small-pack.ts';

const EXTRA = {
  'questions/estate.yaml': `
topic: estate
questions:
  - {id: teams, ask: How many teams?, why: Teams share a platform., kind: number, min: 1, max: 90, assume: 2,
     who-knows: Leads, stated: "{answer} teams deploy.", stated-one: One team deploys.}`,
  'recommendations/mesh.yaml': `
decision: mesh
terms: {many-teams: {teams: ">3"}}
options: {cilium-mesh: {label: Cilium, effort: 1.5}}
rules:
  - {id: a-ban, when: {}, rules-out: {options: linkerd, kind: forbidden}, because: Forbidden., facts: [HOUSE-01]}
  - {id: z-teams, when: {term: many-teams}, favors: [cilium-mesh, istio-ambient], driver: cost, because: It counts.}`,
  'recommendations/more-mesh.yaml': `
decision: mesh
rules:
  - {id: m-teams, when: {teams: "<20"}, disfavors: linkerd, driver: cost, because: It counts.}`,
  'recommendations/facts/house.yaml': `
facts:
  - {id: HOUSE-01, says: Forbidden., kind: hard, checked: 2026-11-01, review-by: 2027-11-01,
     source: {url: https://example.com/house, title: House rules, publisher: Acme}}`,
};

const extra: readonly Kinded[] = Object.entries(EXTRA).map(([name, text]) => ({
  kind: name.startsWith('questions') ? 'topic' : name.includes('/facts/') ? 'facts' : 'decision',
  file: parsed('extra', name, text),
}));

const PACKS = [
  { name: 'small', version: '1' },
  { name: 'extra', version: '1' },
];

test('the order of files and packs changes nothing in the catalogue', () => {
  const expected = JSON.stringify(catalogueOf(resolve(byKind([...SMALL_FILES, ...extra]), PACKS)));
  const files = fc.shuffledSubarray([...SMALL_FILES, ...extra], {
    minLength: SMALL_FILES.length + extra.length,
  });
  const packs = fc.shuffledSubarray(PACKS, { minLength: 2 });
  fc.assert(
    fc.property(files, packs, (shuffled, order) => {
      expect(JSON.stringify(catalogueOf(resolve(byKind(shuffled), order)))).toBe(expected);
    }),
    { numRuns: 40 },
  );
});

test('the order of rules, options and facts in a file changes nothing in the catalogue', () => {
  const reversed = SMALL_FILES.map(({ kind, file }) => {
    const value = structuredClone(file.source.value) as Record<string, unknown>;
    for (const key of ['rules', 'facts', 'monotone', 'invariants', 'scenarios']) {
      if (Array.isArray(value[key])) value[key].reverse();
    }
    if (kind === 'decision') {
      value.options = Object.fromEntries(Object.entries(value.options as object).reverse());
    }
    return { kind, file: { ...file, source: { ...file.source, value } } };
  });
  const expected = catalogueOf(resolve(byKind(SMALL_FILES), PACKS));
  expect(JSON.stringify(catalogueOf(resolve(byKind(reversed), PACKS)))).toBe(JSON.stringify(expected));
});

test('the digest names the content: the same for other formatting, another for other content', () => {
  const digestOf = (change: (text: string) => string): string => {
    const changed = SMALL_FILES.map(({ kind, file }) => {
      const text = readFileSync(join(SMALL.root, file.name), 'utf8');
      return { kind, file: parsed('small', file.name, change(text)) };
    });
    return catalogueOf(resolve(byKind(changed), PACKS)).digest;
  };
  const same = digestOf(text => text);
  expect(digestOf(text => `# a comment\n${text}\n\n`)).toBe(same);
  expect(digestOf(text => text.replace('">=20"', '">=21"'))).not.toBe(same);
});
