/** What no pack of the fixtures shows: picks in each other's way, dates, and what is given up. */
import { describe, expect, test } from 'vitest';
import type { Catalogue, Component } from '../../src/content/catalogue.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { createEffects } from '../../src/proof/effects.ts';
import { endOfLife } from '../../src/proof/properties/end-of-life.ts';
import { expiresSoon } from '../../src/proof/properties/expires-soon.ts';
import { notProven } from '../../src/proof/properties/not-proven.ts';
import { pastReview } from '../../src/proof/properties/past-review.ts';
import type { Property } from '../../src/proof/property.ts';
import { prove } from '../../src/proof/prove.ts';
import { createWorkbench, type Workbench } from '../../src/proof/workbench.ts';
import {
  all,
  any,
  catalogueOf,
  choice,
  decision,
  fact,
  favors,
  is,
  picked,
  rulesOut,
  strong,
} from '../engine/build.ts';

const clouds = choice('cloud', ['aws', 'gcp']);
const find = (catalogue: Catalogue, day = '2026-11-20') =>
  prove(createEngine(catalogue), [], day, () => undefined).findings.map(
    ({ code, subject }) => `${code} ${subject}`,
  );
function check(
  property: Property,
  catalogue: Catalogue,
  day: string,
  change: (bench: Workbench) => void = () => {},
) {
  const bench = createWorkbench(createEngine(catalogue));
  change(bench);
  return property.check({ bench, effects: createEffects(bench), scenarios: [], day });
}

describe('picks that give way', () => {
  /** The best network leaves the mesh without an option on aws, so that the next one is taken. */
  const givesWay = catalogueOf({
    questions: [clouds],
    decisions: [
      decision('network', { plain: {}, fast: {} }, { quick: favors('fast', is('cloud', 'aws')) }),
      decision('mesh', { light: {} }, { 'no-light': rulesOut('light', picked('network', 'fast')) }),
    ],
  });

  test('are followed: the option that always gives way never wins', () => {
    expect(find(givesWay)).toEqual(['never-wins option:network/fast']);
  });

  test('in too many ways are said to be left out', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const options = { one: {}, two: {}, three: {} };
    const entangled = catalogueOf({
      questions: [clouds],
      decisions: [
        ...ids.map(id => decision(id, options, { first: favors('three', is('cloud', 'aws')) })),
        decision(
          'z',
          { only: {} },
          { 'not-all': rulesOut('only', all(...ids.map(id => picked(id, 'three')))) },
        ),
      ],
    });
    expect(find(entangled)).toContain('too-entangled decision:a');
  });

  test('by other answers alone are no dead end', () => {
    const apart = catalogueOf({
      questions: [clouds],
      decisions: [
        decision('network', { plain: {}, fast: {} }, { quick: favors('fast', is('cloud', 'aws')) }),
        decision(
          'mesh',
          { light: {}, full: {} },
          {
            'no-light': rulesOut('light', picked('network', 'fast')),
            'no-full': rulesOut('full', is('cloud', 'gcp')),
            heavy: favors('full', any(picked('network', 'fast'), is('cloud', 'gcp')), strong),
          },
        ),
      ],
    });
    expect(createWorkbench(createEngine(apart)).deadEnds.size).toBe(0);
    expect(find(apart)).not.toContain('stuck decision:mesh');
  });
});

describe('on a day', () => {
  const component = (id: string, endOfLifeDay: string | null, decisionOption: string): Component => ({
    id,
    title: id,
    version: '1.2.3',
    chart: null,
    image: null,
    kubernetes: null,
    gatewayApi: null,
    endOfLife: endOfLifeDay,
    knownBad: [],
    usedWhen: picked('mesh', decisionOption),
    read: '2026-11-01',
    source: 'https://example.com',
  });
  const catalogue = catalogueOf({
    questions: [clouds],
    decisions: [
      decision('mesh', { none: {}, linkerd: {}, istio: {} }, { a: favors('linkerd', is('cloud', 'aws')) }),
    ],
    facts: [fact('F-1', { reviewBy: '2027-01-15' })],
    components: [component('linkerd', '2027-02-01', 'linkerd'), component('istio', '2027-02-01', 'istio')],
    kubernetes: [
      {
        minor: '1.35',
        supportedUntil: {
          upstream: '2027-02-28',
          eks: '2027-03-27',
          aks: null,
          gke: '2027-04-11',
          openshift: null,
        },
        read: '2026-11-01',
        source: 'https://example.com',
      },
      {
        minor: '1.36',
        supportedUntil: { upstream: '2027-06-28', eks: '2027-08-02', aks: null, gke: null, openshift: null },
        read: '2026-11-01',
        source: 'https://example.com',
      },
    ],
  });
  const at = (day: string) =>
    [pastReview, endOfLife, expiresSoon]
      .flatMap(property => check(property, catalogue, day))
      .map(({ severity, code, subject }) => `${severity} ${code} ${subject}`);

  test.each<[string, readonly string[]]>([
    ['2026-11-15', []],
    ['2026-11-16', ['note expires-soon fact:F-1']],
    [
      '2027-01-15',
      [
        'note expires-soon fact:F-1',
        'note expires-soon component:linkerd',
        'note expires-soon component:istio',
        'note expires-soon kubernetes:1.35',
      ],
    ],
    [
      '2027-01-16',
      [
        'warning past-review fact:F-1',
        'note expires-soon component:linkerd',
        'note expires-soon component:istio',
        'note expires-soon kubernetes:1.35',
      ],
    ],
    [
      '2027-02-02',
      [
        'warning past-review fact:F-1',
        'warning end-of-life component:linkerd',
        'note expires-soon kubernetes:1.35',
        'note expires-soon kubernetes:1.35',
      ],
    ],
    [
      '2027-04-12',
      [
        'warning past-review fact:F-1',
        'warning end-of-life component:linkerd',
        'warning end-of-life kubernetes:1.35',
      ],
    ],
  ])('%s: what is past, and what is past within two months', (day, expected) => {
    expect(at(day)).toEqual(expected);
  });

  test('what to take instead is said', () => {
    const helps = (day: string) => check(expiresSoon, catalogue, day).map(({ help }) => help);
    expect(helps('2027-01-20')).toContain('Pick 1.36, supported until 2027-06-28.');
    expect(helps('2027-01-20')[0]).toMatch(/What to pick until then: mesh: none\.$/);
  });
});

test('what was too hard for the proofs is an error', () => {
  const catalogue = catalogueOf({ questions: [clouds], decisions: [decision('mesh', { none: {} })] });
  expect(check(notProven, catalogue, '2026-11-20')).toEqual([]);
  const given = check(notProven, catalogue, '2026-11-20', bench => {
    bench.queries.givenUp = 3;
  });
  expect(given).toMatchObject([
    { code: 'not-proven', severity: 'error', message: expect.stringMatching(/^3 questions/) },
  ]);
});
