/** Sentences about a question and its answer, for whatever shows them. */
import { type Answer, type NumberQuestion, type Question, UNSURE } from '../content/catalogue.ts';
import { answerInWords } from '../content/prose.ts';
import { suggestionNow } from './rows.ts';
import type { State } from './state.ts';

/** For the list of answers; undefined: there is none yet. */
export function answerGiven(question: Question, answer: Answer | undefined): string {
  if (answer === undefined) return 'no answer yet';
  return answer === UNSURE ? 'not sure yet' : answerInWords(question, answer);
}

export function whatIfUnsure(question: Question): string {
  const asking = `Usually known by: ${question.whoKnows}.`;
  if (question.assume === null) return `This answer is needed. ${asking}`;
  return `If not sure, this is assumed: ${answerInWords(question, question.assume)}. ${asking}`;
}

/** In one line: what the answers so far imply here, and why. Null where nothing is implied, or it is answered. */
export function suggestionInWords(state: State, question: Question): string | null {
  const suggestion = suggestionNow(state, question);
  if (suggestion === null) return null;
  return `Suggested: ${answerInWords(question, suggestion.answer)}. ${suggestion.because}`;
}

export function rangeInWords(state: State, question: NumberQuestion): string {
  const range = `A whole number from ${question.min} to ${question.max}.`;
  return state.answers[question.id] === UNSURE ? `${range} Answered: not sure yet.` : range;
}
