/** Which questions apply. */
import type { Answer, Answers, Id } from '../content/catalogue.ts';
import { isUnsure, stateOf } from './answers.ts';
import { type CompiledQuestion, type Engine, type State, YES } from './model.ts';
import type { Pins } from './outcome.ts';
import { pinnedOptions } from './pins.ts';
import { newSearch, searchPicks } from './search.ts';

/** In asking order, those that apply given the answers, what is assumed for unsure ones, and the picks. */
export function askedQuestions(engine: Engine, answers: Answers, pins: Pins = new Map()): readonly Id[] {
  const search = newSearch(engine);
  searchPicks(engine, stateOf(engine, answers, 'assumed'), pinnedOptions(engine, pins), search);
  return askedIn(engine, search.state).map(({ question }) => question.id);
}

export function askedIn(engine: Engine, state: State): readonly CompiledQuestion[] {
  return engine.questions.filter(question => question.askedWhen.test(state) === YES);
}

/** The answers as a run uses them: what is not asked left out, what is unsure replaced by what is assumed. */
export function usedAnswers(
  engine: Engine,
  answers: Answers,
  state: State,
): { readonly used: ReadonlyMap<Id, Answer>; readonly assumed: readonly Id[] } {
  const used = new Map<Id, Answer>();
  const assumed: Id[] = [];
  for (const compiled of askedIn(engine, state)) {
    const { question } = compiled;
    const answer = isUnsure(answers, compiled) ? question.assume : answers.get(question.id);
    if (answer === null || answer === undefined) continue;
    used.set(question.id, answer);
    if (isUnsure(answers, compiled)) assumed.push(question.id);
  }
  return { used, assumed };
}
