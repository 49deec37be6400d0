import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/content/load.ts';
import { catalogueOf, FIXTURES, folderWith, inShort, loadWith, SMALL } from './small-pack.ts';

const load = (root: string) => loadCatalogue([{ name: 'extra', version: '1', root }]);
const findings = (root: string) => inShort(load(root), root);

describe('good content', () => {
  test('becomes a catalogue in which everything refers to everything by id', () => {
    const catalogue = catalogueOf(loadCatalogue([SMALL]));
    expect(catalogue.topics.map(({ id }) => id)).toEqual(['estate', 'traffic']);
    expect(catalogue.questions.map(({ id }) => id)).toEqual([
      'cloud',
      'services',
      'compliance',
      'drivers',
      'windows',
      'service-mtls',
    ]);
    expect(catalogue.decisions.map(({ id }) => id)).toEqual(['platform', 'mesh']);
    expect(catalogue.newest).toBe('2026-11-05');
    expect(catalogue.digest).toMatch(/^[0-9a-f]{12}$/);
  });

  test('keeps what a rule says and fills in what it leaves out', () => {
    const { decisions } = catalogueOf(loadCatalogue([SMALL]));
    const rules = decisions.flatMap(decision => decision.rules);
    expect(rules.find(({ id }) => id === 'platform/many-services')).toEqual({
      id: 'platform/many-services',
      when: { op: 'range', question: 'services', from: 20, to: 500 },
      favors: ['kubernetes'],
      disfavors: ['serverless'],
      rulesOut: null,
      argument: 'many-services',
      strength: 'plain',
      driver: 'cost',
      because: 'Many services share what a cluster costs.',
      facts: [],
      opinion: true,
      pack: 'small',
    });
    expect(rules.find(({ id }) => id === 'mesh/encryption')).toMatchObject({
      argument: 'workload-identity',
      strength: 'strong',
      opinion: false,
    });
  });

  test('reads numbers in the classes between all thresholds', () => {
    const { questions } = catalogueOf(loadCatalogue([SMALL]));
    expect(questions.find(({ id }) => id === 'services')).toMatchObject({
      classes: [
        { from: 1, to: 9 },
        { from: 10, to: 19 },
        { from: 20, to: 500 },
      ],
    });
  });

  test('keeps yes and no as words and reads dates as text', () => {
    const { questions, facts } = catalogueOf(loadCatalogue([SMALL]));
    expect(questions.find(({ id }) => id === 'windows')?.assume).toBe('no');
    expect(facts[0]?.checked).toBe('2026-11-01');
  });

  test('gives scenarios the answers of their preset', () => {
    expect(loadCatalogue([SMALL]).scenarios).toContainEqual({
      id: 'startup-on-google',
      because: 'Few services and one team.',
      facts: ['SM-01'],
      preset: 'startup',
      answers: { cloud: 'gcp', compliance: [], services: 3, windows: 'no' },
      expect: {
        platform: { pick: 'serverless', verdict: null },
        mesh: { pick: 'not-needed', verdict: null },
      },
    });
  });

  test('tells where each thing is written', () => {
    const { places } = loadCatalogue([SMALL]);
    const file = join(SMALL.root, 'recommendations/mesh.yaml');
    expect(places.get('rule:mesh/encryption')).toEqual({ file, line: 19, column: 9 });
    expect(places.get('answer:cloud/on-prem')?.line).toBe(14);
  });
});

describe('a pack beside ours', () => {
  test('adds a topic, questions, an option, rules, a ban and facts', () => {
    const pack = loadWith({
      'questions/house.yaml': `
topic: house
title: House rules
order: 30
questions:
  - {id: chargeback, ask: Are costs charged back?, why: It asks for labels., kind: yes-no, assume: no,
     who-knows: Finance, stated: {yes: Costs are charged back., no: Costs are not charged back.}}`,
      'questions/estate.yaml': `
topic: estate
questions:
  - {id: teams, ask: How many teams?, why: Teams share a platform., kind: number, min: 1, max: 90, assume: 2,
     who-knows: Leads, stated: "{answer} teams deploy.", stated-one: One team deploys.}`,
      'recommendations/mesh.yaml': `
decision: mesh
options:
  cilium-mesh: {label: Cilium, effort: 1.5}
rules:
  - {id: house-ban, when: {}, rules-out: {options: linkerd, kind: forbidden}, because: The group forbids it.,
     facts: [HOUSE-01]}
  - {id: charged, when: {chargeback: yes, teams: ">3"}, favors: cilium-mesh, driver: cost, because: It counts bytes.}`,
      'recommendations/facts/house.yaml': `
facts:
  - {id: HOUSE-01, says: The group forbids it., kind: hard, checked: 2026-11-01, review-by: 2027-11-01,
     source: {url: https://example.com/house, title: House rules, publisher: Acme}}`,
    });
    const catalogue = catalogueOf(pack);
    const mesh = catalogue.decisions.find(({ id }) => id === 'mesh');
    expect(catalogue.packs).toEqual([
      { name: 'extra', version: '0.1.0' },
      { name: 'small', version: '1.0.0' },
    ]);
    expect(catalogue.topics.map(({ id }) => id)).toEqual(['estate', 'traffic', 'house']);
    expect(catalogue.questions.map(({ id }) => id).indexOf('teams')).toBe(4);
    expect(mesh?.options.map(({ id }) => id)).toEqual(['none', 'linkerd', 'cilium-mesh', 'istio-ambient']);
    expect(mesh?.rules.find(({ id }) => id === 'mesh/house-ban')).toMatchObject({
      when: { op: 'all', of: [] },
      rulesOut: { options: ['linkerd'], kind: 'forbidden' },
    });
  });

  test('with the name of another pack is refused', () => {
    const result = loadCatalogue([SMALL, { ...SMALL, root: join(FIXTURES, 'small') }]);
    expect(result.catalogue).toBeNull();
    expect(result.diagnostics[0]?.message).toBe('a pack called "small" is already loaded');
  });
});

describe('folders and files that are no content', () => {
  test.each<[string, () => string, string[]]>([
    [
      'a folder that does not exist',
      () => '/nowhere/at-all',
      ['extra: missing-folder: this folder cannot be read: it does not exist'],
    ],
    [
      'a file in place of the folder',
      () => join(folderWith({ 'questions/a.yaml': '' }), 'questions/a.yaml'),
      ['extra: missing-folder: this folder cannot be read: it is not a folder'],
    ],
    [
      'an empty folder',
      () => folderWith({}),
      [
        'extra: missing-folder: there is neither questions/ nor recommendations/ here\n  A pack holds questions/, recommendations/ or both.',
      ],
    ],
    [
      'a file of more than 1 MB',
      () => folderWith({ 'questions/big.yaml': `# ${'x'.repeat(1024 * 1024)}` }),
      ['extra/questions/big.yaml: too-large: this file has more than 1 MB\n  Split it.'],
    ],
    [
      'a binary file',
      () => folderWith({ 'questions/binary.yaml': new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0]) }),
      ['extra/questions/binary.yaml: binary: this file is not text'],
    ],
    [
      'a file in Latin-1',
      () => folderWith({ 'questions/latin.yaml': new Uint8Array([0x23, 0x20, 0xe9, 0x0a]) }),
      ['extra/questions/latin.yaml: binary: this file is not text in UTF-8\n  Save it as UTF-8.'],
    ],
    [
      'a .yml file and a folder of another name',
      () => folderWith({ 'questions/more.yml': '', 'recommendations/fact/x.yaml': '' }),
      [
        'extra/questions/more.yml: unknown-file: this file is not read\n  Call it .yaml.',
        'extra/recommendations/fact: unknown-file: this folder is not read\n  Subfolders are recommendations/facts, recommendations/presets and recommendations/scenarios.',
      ],
    ],
  ])('%s', (_, root, expected) => {
    const folder = root();
    expect(findings(folder)).toEqual(expected);
  });

  test('a folder called like a file, and a link to a device', () => {
    const root = folderWith({ 'questions/keep.md': '' });
    mkdirSync(join(root, 'questions/folder.yaml'));
    symlinkSync('/dev/zero', join(root, 'questions/zero.yaml'));
    symlinkSync('/nowhere', join(root, 'questions/gone.yaml'));
    expect(findings(root)).toEqual([
      'extra/questions/folder.yaml: not-a-file: this is not a regular file',
      'extra/questions/gone.yaml: unreadable: this file cannot be read: it does not exist',
      'extra/questions/zero.yaml: not-a-file: this is not a regular file',
    ]);
  });

  test('an empty file, a list and a bare word are told what belongs there', () => {
    const root = folderWith({
      'questions/a.yaml': '',
      'questions/b.yaml': '- 1',
      'recommendations/c.yaml': 'mesh',
    });
    expect(findings(root).map(line => line.split('\n')[0])).toEqual([
      'extra/questions/a.yaml:1:1: wrong-type: the file has no value; write a map',
      'extra/questions/b.yaml:1:1: wrong-type: the file is a list; write a map',
      'extra/recommendations/c.yaml:1:1: wrong-type: the file is "mesh"; write a map',
    ]);
  });

  test('an unreadable file does not make others look wrong', () => {
    const { found } = loadWith({
      'questions/more.yaml': 'topic: more\n\tquestions: []',
      'recommendations/mesh.yaml':
        'decision: mesh\nrules:\n  - {id: x, when: {gpu: yes}, favors: none, driver: cost}',
    });
    expect(found).toEqual([
      'extra/questions/more.yaml:2:1: tab: a tab is used to indent\n  Indent with spaces.',
      'extra/recommendations/mesh.yaml:3:5: missing-because: "because" is missing\n  Say why in one sentence.',
    ]);
  });
});

describe('hostile YAML ends quickly and in a finding', () => {
  const bomb = [
    'a0: &a0 [x]',
    ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
  ];
  test.each<[string, string, string]>([
    ['an alias bomb', bomb.join('\n'), 'alias'],
    ['an alias to itself', 'topic: &t [*t]', 'alias'],
    ['60,000 levels of brackets', `topic: ${'['.repeat(60_000)}${']'.repeat(60_000)}`, 'too-deep'],
    ['60,000 levels of braces', `topic: ${'{a: '.repeat(60_000)}`, 'too-deep'],
    ['60,000 levels of dashes', '- '.repeat(60_000), 'too-deep'],
    ['60,000 levels of question marks', '? '.repeat(60_000), 'too-deep'],
    [
      '1,000 levels of indentation',
      Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'too-deep',
    ],
    [
      '300 levels of indentation',
      Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'too-deep',
    ],
    ['20,000 keys', Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n'), 'unknown-key'],
    ['a key that is a map', '{a: b}: 1', 'bad-key'],
    ['a key for prototypes', '__proto__: {polluted: yes}\nconstructor: 1', 'bad-key'],
    ['nothing but a tag', '!!binary aGVsbG8=', 'tag'],
  ])('%s', (_, text, code) => {
    const started = process.cpuUsage();
    const { diagnostics, catalogue } = load(folderWith({ 'questions/hostile.yaml': text }));
    expect(catalogue).toBeNull();
    expect(diagnostics.map(found => found.code)).toContain(code);
    expect(diagnostics.length).toBeLessThan(150);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(5000);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

test('where a pack takes an id of ours, the pack is to blame and ours is named as the first', () => {
  const root = join(import.meta.dirname, '../..');
  const { catalogue, diagnostics } = loadCatalogue([
    { name: 'chartroom', version: '1.0.0', root },
    { name: 'house', version: '1.0.0', root: join(root, 'test/fixtures/packs/mistakes') },
  ]);
  expect(catalogue).toBeNull();
  const [taken] = diagnostics.filter(({ code }) => code === 'duplicate-id');
  expect(taken?.file).toContain('packs/mistakes/questions/house.yaml');
  expect(taken?.help).toContain('questions/workloads.yaml');
});
