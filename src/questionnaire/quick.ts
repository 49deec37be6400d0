/** Quick mode: the most decisive question next, across topics, as long as one can still change a decision. */
import type { Id } from '../content/catalogue.ts';
import type { Context } from './context.ts';
import { inputOf } from './result.ts';
import type { Screen, State } from './state.ts';

/** Questions that can still change a decision; those that were passed over without an answer are not asked again. */
export function questionsThatMatter(state: State, context: Context): readonly Id[] {
  const { questions } = context.advisor.decisive(inputOf(state, context));
  return questions.filter(id => !state.way.includes(id));
}

/** Where quick mode goes on: the most decisive question, or what was assumed in place of the rest. */
export function nextInQuickMode(state: State, context: Context): Screen {
  const left = questionsThatMatter(state, context);
  const question = left.length === 0 ? null : context.advisor.next(inputOf(state, context), left);
  return question === null ? { at: 'assumed', scroll: 0 } : { at: 'question', question };
}
