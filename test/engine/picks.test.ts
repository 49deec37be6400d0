import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/compile.ts';
import { decide } from '../../src/engine/decide.ts';
import { picks } from '../../src/engine/picks.ts';
import {
  all,
  catalogueOf,
  choice,
  decision,
  favors,
  input,
  is,
  picked,
  pinsOf,
  rulesOut,
  strong,
} from './build.ts';
import { forAll, RICH, randomAnswers, randomCatalogue, randomPins, SMALL, TIGHT } from './random.ts';
import { referencePicks } from './reference.ts';

describe('what is picked', () => {
  it.each([
    ['few rules', SMALL],
    ['many hard rules', TIGHT],
    ['many reasons', RICH],
  ])('is what trying every assignment in order finds, with and without pins: %s', (_, shape) => {
    forAll(draw => {
      const catalogue = randomCatalogue(draw, shape);
      const answers = randomAnswers(draw, catalogue, 4);
      const pins = randomPins(draw, catalogue, 8);
      const engine = createEngine(catalogue);
      const given = { answers, pins: pinsOf(Object.fromEntries(pins)) };
      const expected = referencePicks(catalogue, answers, pins);
      expect(Object.fromEntries(picks(engine, given))).toEqual(Object.fromEntries(expected.picks));
      const stack = decide(engine, { ...given, asOf: '2026-11-20' });
      const impossible = stack.outcomes.filter(({ status }) => status === 'impossible').map(o => o.decision);
      expect(impossible.sort()).toEqual([...expected.impossible].sort());
    }, 100);
  });

  const cornered = catalogueOf({
    questions: [choice('cloud', ['aws', 'gcp'])],
    decisions: [
      decision('network', { fast: {}, plain: {} }, { quick: favors('fast') }),
      decision(
        'mesh',
        { light: {}, full: {} },
        {
          'no-light': rulesOut('light', picked('network', 'fast')),
          'no-full': rulesOut('full', is('cloud', 'aws')),
          'full-needs-plain': favors('full', picked('network', 'plain'), strong),
        },
      ),
    ],
  });

  it('passes over the better option where it would leave a later decision without one, and says so', () => {
    const stack = decide(createEngine(cornered), input({ cloud: 'aws' }));
    expect(stack.outcomes).toMatchObject([
      {
        decision: 'network',
        pick: 'plain',
        avoided: [{ option: 'fast', stuck: 'mesh' }],
        verdict: 'only-option',
      },
      { decision: 'mesh', pick: 'light', avoided: [] },
    ]);
  });

  it('keeps the better option where nobody is left stuck', () => {
    const stack = decide(createEngine(cornered), input({ cloud: 'gcp' }));
    expect(stack.outcomes).toMatchObject([
      { decision: 'network', pick: 'fast', avoided: [] },
      { decision: 'mesh', pick: 'full' },
    ]);
  });

  it('gives way two decisions back where the one in between has no way out', () => {
    const chain = catalogueOf({
      questions: [],
      decisions: [
        decision('a', { one: {}, two: {} }),
        decision('b', { one: {}, two: {} }),
        decision(
          'c',
          { only: {} },
          {
            here: rulesOut('only', all(picked('a', 'one'), picked('b', 'one'))),
            there: rulesOut('only', all(picked('a', 'one'), picked('b', 'two'))),
          },
        ),
      ],
    });
    expect(decide(createEngine(chain), input()).outcomes).toMatchObject([
      { pick: 'two', avoided: [{ option: 'one', stuck: 'c' }] },
      { pick: 'one', avoided: [] },
      { pick: 'only' },
    ]);
  });
});
