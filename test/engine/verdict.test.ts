import { describe, expect, it } from 'vitest';
import type { Answer, Catalogue, Condition, Id } from '../../src/content/catalogue.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { decide } from '../../src/engine/decide.ts';
import type { Decided, Outcome } from '../../src/engine/outcome.ts';
import {
  between,
  catalogueOf,
  choice,
  decision,
  disfavors,
  drivers,
  favors,
  input,
  is,
  number,
  rulesOut,
  serving,
  strong,
  yesNo,
} from './build.ts';
import { forAll, RICH, randomAnswers, randomCatalogue, SMALL, TIGHT } from './random.ts';
import { referencePicks } from './reference.ts';

const decided = (outcome: Outcome | undefined): Decided => {
  if (outcome?.status !== 'decided') throw new Error(`not decided: ${JSON.stringify(outcome)}`);
  return outcome;
};
const meshOf = (rules: Parameters<typeof decision>[2], answers: Record<Id, Answer> = {}): Decided => {
  const catalogue = catalogueOf({
    questions: [
      yesNo('mtls'),
      number('services', 1, 100, { assume: 5 }),
      choice('skill', ['none', 'basic', 'strong']),
      drivers(),
    ],
    decisions: [decision('mesh', { none: {}, linkerd: {}, istio: {} }, rules)],
  });
  const complete = { mtls: 'no', services: 5, skill: 'none', drivers: [], ...answers };
  return decided(decide(createEngine(catalogue), input(complete)).outcomes[0]);
};

describe('verdict', () => {
  it.each([
    ['only-option', 'nothing else is left', { a: rulesOut(['linkerd', 'istio']) }, {}],
    ['toss-up', 'as much for one as for the other', { a: favors('none'), b: favors('linkerd') }, {}],
    [
      'toss-up',
      'three plain ones against a strong one',
      { a: favors('istio', undefined, strong), b: favors('none'), c: favors('none'), d: favors('none') },
      {},
    ],
    [
      'depends-on-weighting',
      'two plain ones against a strong one',
      { a: favors('istio', undefined, strong), b: favors('none'), c: favors('none') },
      {},
    ],
    [
      'depends-on-weighting',
      'one plain one against a strong one',
      { a: favors('istio', undefined, strong), b: favors('none') },
      {},
    ],
    [
      'won-by-default',
      'less speaks against it',
      { a: disfavors(['linkerd', 'istio']), b: disfavors(['linkerd', 'istio']) },
      {},
    ],
    ['clear', 'two reasons for it', { a: favors('istio'), b: favors('istio') }, {}],
    [
      'clear',
      'two strong ones against a plain one',
      { a: favors('istio', undefined, strong), b: favors('istio', undefined, strong), c: favors('none') },
      {},
    ],
    ['narrow', 'a single reason', { a: favors('istio') }, {}],
    [
      'narrow',
      'a reason and an opinion',
      { a: favors('istio'), b: favors('istio', undefined, { opinion: true }) },
      {},
    ],
    [
      'narrow',
      'a number next to a threshold',
      { a: favors('istio', between('services', 10, 100)), b: favors('istio', between('services', 10, 100)) },
      { services: 10 },
    ],
    [
      'clear',
      'a number far from the threshold that counts',
      {
        a: favors('istio', between('services', 10, 100)),
        b: favors('istio', between('services', 10, 100)),
        c: favors('istio', between('services', 50, 60)),
      },
      { services: 70 },
    ],
    [
      'not-settled',
      'an unsure answer that can change it',
      { a: favors('istio', is('mtls', 'yes')) },
      { mtls: 'unsure' },
    ],
    ['clear', 'an unsure answer that cannot', { a: favors('istio'), b: favors('istio') }, { mtls: 'unsure' }],
  ] as const)('%s: %s', (verdict, _, rules, answers) => {
    expect(meshOf(rules, answers).verdict).toBe(verdict);
  });

  it('is not settled where the only option left rests on an unsure answer', () => {
    const outcome = meshOf(
      { a: rulesOut(['linkerd', 'istio'], is('mtls', 'no')), b: favors('istio') },
      { mtls: 'unsure' },
    );
    expect(outcome).toMatchObject({
      pick: 'none',
      verdict: 'not-settled',
      unsettledBy: ['mtls'],
      couldBe: ['none', 'istio'],
    });
    expect(outcome.ruledOut).toMatchObject([
      { option: 'linkerd', assumed: true },
      { option: 'istio', assumed: true },
    ]);
  });

  it('names the reasons, numbers and opinions that a narrow pick hinges on', () => {
    expect(meshOf({ a: favors('istio') }).hingesOn).toEqual({
      rules: ['mesh/a'],
      numbers: [],
      heldNumbers: [],
      opinions: false,
    });
    expect(meshOf({ a: favors('istio', undefined, { opinion: true }) }).hingesOn).toEqual({
      rules: ['mesh/a'],
      numbers: [],
      heldNumbers: [],
      opinions: true,
    });
    const many = between('services', 10, 100);
    expect(meshOf({ a: favors('istio', many), b: favors('istio', many) }, { services: 30 }).hingesOn).toEqual(
      {
        rules: [],
        numbers: [{ question: 'services', from: 30, answer: 9 }],
        heldNumbers: [],
        opinions: false,
      },
    );
  });

  it('counts a reason of a ranked driver twice, and says what comes out without the drivers', () => {
    const rules = {
      a: favors('istio', undefined, serving('security')),
      b: favors('none', undefined, serving('cost')),
    };
    expect(meshOf(rules)).toMatchObject({ pick: 'none', withoutDrivers: null });
    expect(meshOf(rules, { drivers: ['security'] })).toMatchObject({ pick: 'istio', withoutDrivers: 'none' });
    expect(meshOf(rules, { drivers: ['security'] }).tally[0]).toEqual({
      option: 'istio',
      strong: 0,
      plain: 2,
    });
  });

  it('breaks a tie by the highest ranked driver, then by what can be left again, then by effort', () => {
    const equal = {
      a: favors('istio', undefined, serving('security')),
      b: favors('none', undefined, serving('cost')),
    };
    expect(meshOf(equal, { drivers: ['security', 'cost'] }).tie).toEqual({
      with: ['none'],
      brokenBy: 'driver',
    });
    expect(meshOf(equal).tie).toEqual({ with: ['istio'], brokenBy: 'effort' });
    const dayZero = catalogueOf({
      questions: [],
      decisions: [decision('network', { a: { oneWay: true }, b: {} }, {}, { dayZero: true })],
    });
    const outcome = decided(decide(createEngine(dayZero), input()).outcomes[0]);
    expect(outcome).toMatchObject({
      pick: 'b',
      verdict: 'toss-up',
      tie: { with: ['a'], brokenBy: 'reversible' },
    });
  });

  it('counts per argument and option only the strongest reason', () => {
    const outcome = meshOf({
      a: favors(['istio', 'linkerd'], undefined, { argument: 'identity' }),
      b: favors('istio', undefined, { argument: 'identity', ...strong }),
      c: favors('linkerd', undefined, { argument: 'identity' }),
    });
    expect(outcome.tally).toEqual([
      { option: 'istio', strong: 1, plain: 0 },
      { option: 'linkerd', strong: 0, plain: 1 },
      { option: 'none', strong: 0, plain: 0 },
    ]);
    expect(outcome.reasons.map(({ rule, counted, options }) => ({ rule, counted, options }))).toEqual([
      { rule: 'mesh/b', counted: true, options: ['istio'] },
      { rule: 'mesh/a', counted: true, options: ['linkerd'] },
      { rule: 'mesh/a', counted: false, options: ['istio'] },
      { rule: 'mesh/c', counted: false, options: ['linkerd'] },
    ]);
  });

  it.each([
    [
      { a: favors('istio', undefined, strong), b: favors('none'), c: favors('none') },
      { from: 2, to: null },
    ],
    [
      {
        a: favors('istio'),
        b: favors('istio'),
        c: favors('istio'),
        d: favors('istio'),
        e: favors('none', undefined, strong),
      },
      { from: 1, to: 4 },
    ],
    [{ a: favors('istio') }, { from: 1, to: null }],
    [
      { a: favors('none', undefined, strong), b: favors('istio'), c: favors('istio'), d: favors('istio') },
      { from: 3, to: null },
    ],
  ])('says for which weighting the pick stands (%#)', (rules, holdsFor) => {
    expect(meshOf(rules).holdsFor).toEqual(holdsFor);
  });
});

/**
 * Every decided outcome of random runs in which nothing was passed over, and nothing has to be: where a decision is left
 * without an option, another pick of the others may be all that helps, and no verdict of theirs is about that.
 */
function forOutcomes(
  check: (outcome: Decided, catalogue: Catalogue, answers: Map<Id, Answer>) => void,
): void {
  for (const shape of [SMALL, TIGHT, RICH]) {
    forAll(draw => {
      const catalogue = randomCatalogue(draw, shape);
      const answers = randomAnswers(draw, catalogue, 6);
      const stack = decide(createEngine(catalogue), { answers, pins: new Map(), asOf: '2026-11-20' });
      const all = stack.outcomes.filter(outcome => outcome.status === 'decided');
      if (all.some(({ avoided }) => avoided.length > 0)) return;
      if (stack.outcomes.some(({ status }) => status === 'impossible')) return;
      for (const outcome of all) check(outcome, catalogue, answers);
    }, 30);
  }
}

/** Two reasons for istio; three for none beside two more for istio as soon as the condition holds. */
const outweighed = (when: Condition, opinion = true): Parameters<typeof decision>[2] => ({
  a: favors('istio'),
  b: favors('istio'),
  c: favors('none', when),
  d: favors('none', when),
  e: favors('none', when),
  f: favors('istio', when, { opinion }),
  g: favors('istio', when, { opinion }),
});

describe('an opinion', () => {
  it.each([
    ['as the second reason', { a: favors('istio'), b: favors('istio', undefined, { opinion: true }) }],
    [
      'as the only reason for it',
      {
        a: disfavors(['none', 'linkerd']),
        b: disfavors(['none', 'linkerd']),
        c: favors('istio', undefined, { opinion: true }),
      },
    ],
    [
      'as what holds it at every weighting',
      {
        a: favors('istio', undefined, strong),
        b: favors('istio', undefined, strong),
        c: favors('none'),
        d: favors('none'),
        e: favors('istio', undefined, { opinion: true }),
        f: favors('istio', undefined, { opinion: true }),
      },
    ],
    [
      'as what keeps an option out that is as good',
      {
        a: favors(['none', 'linkerd']),
        b: favors(['none', 'linkerd']),
        c: { ...rulesOut('linkerd'), opinion: true },
      },
    ],
    ['as what an open answer does not outweigh', outweighed(is('mtls', 'yes')), { mtls: 'unsure' }],
    ['as what a number in the next class does not outweigh', outweighed(between('services', 1, 9)), {}],
  ])('does not make a verdict clear: %s', (_, rules, answers = {}) => {
    expect(meshOf(rules, { services: 30, ...answers }).verdict).toBe('narrow');
  });

  it('that keeps a number from moving the pick is told by that number', () => {
    expect(meshOf(outweighed(between('services', 1, 9)), { services: 30 }).hingesOn).toEqual({
      rules: [],
      numbers: [],
      heldNumbers: [{ question: 'services', from: 30, answer: 9 }],
      opinions: false,
    });
  });

  it('in the same place as evidence makes it clear', () => {
    for (const when of [is('mtls', 'yes'), between('services', 1, 9)]) {
      expect(meshOf(outweighed(when, false), { services: 30, mtls: 'unsure' }).verdict).toBe('clear');
    }
  });
});

describe('verdict, on random knowledge', () => {
  it('stands in exactly the interval that it names', () => {
    forOutcomes(({ tally, pick, holdsFor: { from, to } }) => {
      const weights = [1, 1.2, 1.5, 1.9, 2, 2.1, 2.5, 3, 3.5, 4, 5, 7, 50];
      const valueAt = (r: number, option: Id) => {
        const counted = tally.find(one => one.option === option);
        return r * (counted?.strong ?? 0) + (counted?.plain ?? 0);
      };
      for (const r of weights) {
        const isBest = tally.every(({ option }) => valueAt(r, option) <= valueAt(r, pick) + 1e-9);
        expect(isBest).toBe(from <= r + 1e-9 && (to === null || r <= to + 1e-9));
      }
    });
  });

  it('is never clear by opinion: without the opinions of the decision it is just as clear', () => {
    let clear = 0;
    forOutcomes((outcome, catalogue, answers) => {
      if (outcome.verdict !== 'clear') return;
      clear++;
      const decisions = catalogue.decisions.map(one =>
        one.id === outcome.decision ? { ...one, rules: one.rules.filter(rule => !rule.opinion) } : one,
      );
      const engine = createEngine({ ...catalogue, decisions });
      const stack = decide(engine, { answers, pins: new Map(), asOf: '2026-11-20' });
      const without = decided(stack.outcomes.find(one => one.decision === outcome.decision));
      expect(without.pick).toBe(outcome.pick);
      expect(['clear', 'only-option']).toContain(without.verdict);
    });
    expect(clear).toBeGreaterThan(10);
  });

  it('is clear only where no single argument can be dropped', () => {
    forOutcomes((outcome, catalogue, answers) => {
      if (outcome.verdict !== 'clear') return;
      for (const argument of new Set(outcome.reasons.map(reason => reason.argument))) {
        const decisions = catalogue.decisions.map(one =>
          one.id === outcome.decision
            ? {
                ...one,
                rules: one.rules.filter(rule => rule.argument !== argument || rule.rulesOut !== null),
              }
            : one,
        );
        const without = referencePicks({ ...catalogue, decisions }, answers);
        expect(without.picks.get(outcome.decision)).toBe(outcome.pick);
      }
    });
  });

  it('is not clear on either side of a threshold at which the pick changes', () => {
    let changes = 0;
    for (const shape of [SMALL, RICH]) {
      forAll(draw => {
        const catalogue = randomCatalogue(draw, shape);
        const answers = randomAnswers(draw, catalogue, 0);
        const engine = createEngine(catalogue);
        const outcomesWith = (id: Id, value: number) =>
          decide(engine, { answers: new Map([...answers, [id, value]]), pins: new Map(), asOf: '2026-11-20' })
            .outcomes;
        for (const question of catalogue.questions) {
          if (question.kind !== 'number') continue;
          const sides = question.classes.map(({ from }) => outcomesWith(question.id, from));
          sides.slice(1).forEach((above, position) => {
            above.forEach((high, at) => {
              const low = sides[position]?.[at];
              const pickOf = (outcome: Outcome | undefined) =>
                outcome?.status === 'decided' ? outcome.pick : null;
              if (pickOf(high) === pickOf(low)) return;
              changes++;
              for (const outcome of [low, high]) {
                if (outcome?.status === 'decided') expect(outcome.verdict).not.toBe('clear');
              }
            });
          });
        }
      }, 25);
    }
    expect(changes).toBeGreaterThan(10);
  });
});
