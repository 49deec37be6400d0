/** A question as a linear prompt: numbers for its rows, several of them where several can be marked. */
import type { Id, Question } from '../content/catalogue.ts';
import type { Context } from '../questionnaire/context.ts';
import { progressOf } from '../questionnaire/progress.ts';
import { suggestionInWords } from '../questionnaire/question-words.ts';
import { type Row, rowsOf } from '../questionnaire/rows.ts';
import { NONE_ROW, type State, UNSURE_ROW } from '../questionnaire/state.ts';
import { actions, commandOf, commandsInWords, type Prompt, type Reading } from './plain-parts.ts';
import { leftInWords, quickPlace } from './views/overlay.ts';

export function questionPrompt(state: State, question: Question, context: Context): Prompt {
  const { place, asked, answered, topics } = progressOf(state, context);
  const topic = topics.find(({ here }) => here)?.title ?? '';
  const rows = rowsOf(state, question);
  const answer = state.answers[question.id];
  const keeps = answer === undefined ? '' : '; empty keeps the answer';
  const suggested = suggestionInWords(state, question);
  return {
    says: [
      state.pace === 'quick'
        ? `${quickPlace(state, context)}, ${topic}.`
        : `Question ${place} of ${asked}, ${topic}; ${leftInWords(asked - answered)}.`,
      ...(question.dayZero ? ['Cannot be changed later.'] : []),
      question.ask,
      ...rows.map((row, index) => `${index + 1}. ${row.label}${markInWords(row)}`),
      ...(suggested === null ? [] : [suggested]),
    ],
    asks: `${asksFor(question, rows)} (${commandsInWords(state, context)}${keeps})`,
    read: line => {
      if (line.trim() === '')
        return answer === undefined ? { say: asksFor(question, rows) } : actions({ type: 'next' });
      return commandOf(line, state, context) ?? readAnswer(line, question, rows);
    },
  };
}

function asksFor(question: Question, rows: readonly Row[]): string {
  switch (question.kind) {
    case 'number':
      return `A number from ${question.min} to ${question.max}`;
    case 'multi':
      return `Numbers from 1 to ${rows.length}, with commas between them`;
    case 'ranked':
      return `At most ${question.atMost} numbers, the most important first, with commas between them`;
    default:
      return `A number from 1 to ${rows.length}`;
  }
}

function markInWords(row: Row): string {
  if (row.mark === null) return '';
  return typeof row.mark === 'number' ? `, ranked ${row.mark}` : ', chosen';
}

function readAnswer(line: string, question: Question, rows: readonly Row[]): Reading {
  const words = line.trim().split(/[\s,]+/u);
  if (words.some(word => !/^\d+$/u.test(word))) return { say: `${asksFor(question, rows)}.` };
  const [first] = words;
  if (question.kind === 'number') {
    if (words.length !== 1) return { say: `${asksFor(question, rows)}.` };
    return actions({ type: 'answer', question: question.id, answer: Number(first) });
  }
  const chosen = words.map(word => rows[Number(word) - 1]);
  const keys = chosen.flatMap(row => (row === undefined ? [] : [row.key]));
  if (keys.length !== words.length) return { say: `There are only rows 1 to ${rows.length}.` };
  return readRows(question, keys, `${asksFor(question, rows)}.`);
}

function readRows(question: Question, keys: readonly Id[], help: string): Reading {
  const alone = keys.length === 1 ? keys[0] : undefined;
  if (alone === UNSURE_ROW) return actions({ type: 'unsure' });
  if (alone === NONE_ROW) return actions({ type: 'answer', question: question.id, answer: [] });
  if (keys.some(key => key.startsWith(':'))) return { say: help };
  if (question.kind === 'multi' || question.kind === 'ranked') {
    return actions({ type: 'answer', question: question.id, answer: keys });
  }
  return alone === undefined
    ? { say: help }
    : actions({ type: 'answer', question: question.id, answer: alone });
}
