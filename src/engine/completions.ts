/** A few of the very many ways to answer what is open. */
import type { Answers } from '../content/catalogue.ts';
import { isUnsure, stateOf } from './answers.ts';
import { drawValue, numbers, rankOne } from './draw-answers.ts';
import type { Engine, State } from './model.ts';

const MOST = 24;

/** The same object each time, with other values for what is open. */
export function* someCompletions(engine: Engine, answers: Answers): Generator<State> {
  const open = engine.questions.filter(question => isUnsure(answers, question));
  const state = stateOf(engine, answers, 'open');
  const next = numbers();
  for (let completion = 0; completion < (open.length === 0 ? 1 : MOST); completion++) {
    for (const question of open) {
      if (question.index === engine.driversQuestion) rankOne(state, question, next);
      else drawValue(state, question, next);
    }
    yield state;
  }
}
