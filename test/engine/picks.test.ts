import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/compile.ts';
import { decide } from '../../src/engine/decide.ts';
import { picks } from '../../src/engine/picks.ts';
import { pinsOf } from './build.ts';
import { forAll, randomAnswers, randomCatalogue, randomPins } from './random.ts';
import { referencePicks } from './reference.ts';

describe('what is picked', () => {
  it('is what trying every assignment in order finds, with and without pins', () => {
    forAll(draw => {
      const catalogue = randomCatalogue(draw);
      const answers = randomAnswers(draw, catalogue, 4);
      const pins = randomPins(draw, catalogue, 6);
      const engine = createEngine(catalogue);
      const given = { answers, pins: pinsOf(Object.fromEntries(pins)) };
      const expected = referencePicks(catalogue, answers, pins);
      expect(Object.fromEntries(picks(engine, given))).toEqual(Object.fromEntries(expected.picks));
      const stack = decide(engine, { ...given, asOf: '2026-11-20' });
      const impossible = stack.outcomes.filter(({ status }) => status === 'impossible').map(o => o.decision);
      expect(impossible.sort()).toEqual([...expected.impossible].sort());
    }, 1500);
  });
});
