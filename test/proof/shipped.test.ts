/** The circuit of the content that is shipped says what the engine says; that nothing is found is shown in test/cli/lint.test.ts. */
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../src/engine/compile.ts';
import { valueAt } from '../../src/logic/simulation.ts';
import { encodeVerdict } from '../../src/proof/encode-verdict.ts';
import { standingOf, tryAnswers } from '../../src/proof/trial.ts';
import { answersOf, createWorkbench, sampleAnswers } from '../../src/proof/workbench.ts';
import { shippedCatalogue } from '../content/shipped.ts';

const engine = createEngine(shippedCatalogue);

describe('the circuit', () => {
  test('asks, picks and judges as the engine does, on a thousand answer sets', () => {
    const bench = createWorkbench(engine);
    const { circuit, encoding, simulation } = bench;
    const decisions = [...encoding.decisions.values()];
    const verdicts = decisions.map(encoded => encodeVerdict(circuit, encoded));
    const seen = new Set<string>();
    for (let index = 0; index < 1000; index++) {
      const holds = (literal: number) => valueAt(simulation, literal, index);
      const trial = tryAnswers(engine, sampleAnswers(bench, index));
      expect(trial.isImpossible).toBe(!holds(encoding.possible));
      const found = decisions.map(({ decision, picked }, position) => {
        const pick = picked.findIndex(holds);
        const verdict = VERDICTS[verdicts[position]?.findIndex(holds) ?? -1] ?? 'not-needed';
        return [decision.decision.id, decision.options[pick]?.option.id, verdict].join(' ');
      });
      const expected = decisions.map(({ decision }) => {
        const bit = trial.search.state.picks[decision.index] ?? 0;
        const pick = decision.options.find(one => bit === 1 << one.index)?.option.id;
        return [decision.decision.id, pick, standingOf(trial, decision.index)].join(' ');
      });
      expect(found).toEqual(expected);
      for (const one of found) seen.add(one);
      const asked = [...answersOf(bench, holds).keys()];
      const { may } = trial.search.state;
      const applies = engine.questions.filter(
        ({ askedWhen, question }) => may.length > 0 && askedWhen.test(trial.search.state) === 1 && question,
      );
      expect(asked.sort()).toEqual(applies.map(({ question }) => question.id).sort());
    }
    expect(seen.size).toBeGreaterThan(decisions.length * 8);
  });
});

/** In the order of encodeVerdict. */
const VERDICTS = [
  'only-option',
  'toss-up',
  'depends-on-weighting',
  'won-by-default',
  'narrow',
  'clear',
] as const;
