import { describe, expect, it } from 'vitest';
import { setAnswer, stateOf } from '../../src/engine/answers.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { copyState, newState, YES } from '../../src/engine/model.ts';
import { otherAnswers } from '../../src/engine/other-answers.ts';
import { pinnedOptions } from '../../src/engine/pins.ts';
import { newSearch, searchPicks } from '../../src/engine/search.ts';
import { knownFrom, tryPicks } from '../../src/engine/trial.ts';
import { tryAnswers } from '../../src/engine/try-answers.ts';
import { pinsOf } from './build.ts';
import { forAll, RICH, randomAnswers, randomCatalogue, randomPins, SMALL, TIGHT } from './random.ts';

describe('Picks after some answers have changed', () => {
  it.each([
    ['few rules', SMALL],
    ['many hard rules', TIGHT],
    ['many reasons', RICH],
  ] as const)('are those of a whole search: %s', (_name, shape) => {
    let straight = 0;
    forAll(draw => {
      const catalogue = randomCatalogue(draw, shape);
      const engine = createEngine(catalogue);
      const answers = randomAnswers(draw, catalogue, 5);
      const pins = pinnedOptions(engine, pinsOf(Object.fromEntries(randomPins(draw, catalogue, 8))));
      const base = stateOf(engine, answers, 'assumed');
      const search = newSearch(engine);
      searchPicks(engine, base, pins, search);
      const known = knownFrom(search, newState(engine));
      if (known.straight) straight++;
      const [trial, whole, again] = [newState(engine), newSearch(engine), newSearch(engine)];
      for (const question of engine.questions) {
        const current = answers.get(question.question.id) ?? 'unsure';
        const from = current === 'unsure' ? question.question.assume : current;
        if (from === null) continue;
        const others = otherAnswers(question.question, from);
        const isAsked = question.askedWhen.test(known.picked) === YES;
        const atOnce = isAsked ? tryAnswers(engine, base, question, others, known, pins, again) : null;
        for (const [position, answer] of others.entries()) {
          copyState(trial, base);
          setAnswer(trial, question, answer);
          searchPicks(engine, trial, pins, whole);
          tryPicks(engine, trial, [question.index], known, pins, again);
          expect(again.state).toEqual(whole.state);
          if (atOnce !== null) expect(atOnce[position]).toEqual(whole.state.picks);
        }
      }
    }, 15);
    expect(straight).toBeGreaterThan(0);
  });
});
