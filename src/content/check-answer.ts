/** One answer to one question: is it one, and in which canonical form. */
import { type Answer, type Choice, type Question, UNSURE } from './catalogue.ts';
import { shorten } from './names.ts';
import { didYouMean } from './nearest.ts';
import { shown } from './shape.ts';

interface AnswerProblem {
  readonly code: 'unknown-answer' | 'wrong-type' | 'out-of-range' | 'duplicate-answer' | 'too-many';
  readonly message: string;
  readonly help: string;
}
export type CheckedAnswer = { readonly answer: Answer } | { readonly problem: AnswerProblem };

/** Lists of a multi come out in the order of the choices; a ranking keeps its own. */
export function checkAnswer(question: Question, value: unknown): CheckedAnswer {
  if (value === UNSURE) return { answer: UNSURE };
  if (question.kind === 'number') return checkNumber(question, value);
  if (question.kind === 'multi' || question.kind === 'ranked') return checkList(question, value);
  if (typeof value !== 'string') {
    const help = typeof value === 'boolean' ? `Write ${value ? 'yes' : 'no'}.` : listed(question.choices);
    return problem('wrong-type', `"${question.id}" takes one answer, not ${shown(value)}`, help);
  }
  return isChoice(question.choices, value)
    ? { answer: value }
    : unknownAnswer(question.id, question.choices, value);
}

function checkNumber(question: Extract<Question, { kind: 'number' }>, value: unknown): CheckedAnswer {
  const { id, min, max } = question;
  const range = `A whole number from ${min} to ${max}, or unsure.`;
  if (typeof value === 'string' && /^\d+$/.test(value)) {
    return problem('wrong-type', `"${id}" is a number, not ${shown(value)}`, 'Write it without quotes.');
  }
  if (typeof value !== 'number')
    return problem('wrong-type', `"${id}" is a number, not ${shown(value)}`, range);
  if (!Number.isSafeInteger(value))
    return problem('wrong-type', `"${id}" is a whole number, not ${value}`, range);
  if (value < min || value > max) return problem('out-of-range', `"${id}" cannot be ${value}`, range);
  return { answer: value };
}

function checkList(question: Extract<Question, { kind: 'multi' | 'ranked' }>, value: unknown): CheckedAnswer {
  const { id, choices } = question;
  if (!Array.isArray(value)) {
    const isOne = typeof value === 'string' && isChoice(choices, value);
    const help = isOne ? `Write [${value}].` : `A list of ${ids(choices)}; [] for none; or unsure.`;
    return problem('wrong-type', `"${id}" takes a list, not ${shown(value)}`, help);
  }
  const given = new Set<string>();
  for (const item of value) {
    if (typeof item !== 'string') {
      return problem('wrong-type', `"${id}" is a list of answers, not of ${shown(item)}`, listed(choices));
    }
    if (item === UNSURE) {
      return problem('wrong-type', `"${id}" cannot be unsure and something else`, `Write ${id}: unsure.`);
    }
    if (!isChoice(choices, item)) return unknownAnswer(id, choices, item);
    if (given.has(item)) return problem('duplicate-answer', `"${id}" lists "${item}" twice`, 'Keep one.');
    given.add(item);
  }
  if (question.kind === 'ranked') {
    const { atMost } = question;
    if (given.size > atMost)
      return problem('too-many', `"${id}" takes at most ${atMost}`, 'Keep the first ones.');
    return { answer: [...given] };
  }
  return { answer: choices.map(choice => choice.id).filter(choice => given.has(choice)) };
}

function unknownAnswer(id: string, choices: readonly Choice[], value: string): CheckedAnswer {
  const near = didYouMean(
    value,
    choices.map(choice => choice.id),
  );
  return problem('unknown-answer', `"${id}" has no answer "${shorten(value)}"${near}`, listed(choices));
}

function isChoice(choices: readonly Choice[], value: string): boolean {
  return choices.some(choice => choice.id === value);
}

function listed(choices: readonly Choice[]): string {
  return `It has ${ids(choices)}; or unsure.`;
}

function ids(choices: readonly Choice[]): string {
  return choices.map(choice => choice.id).join(', ');
}

function problem(code: AnswerProblem['code'], message: string, help: string): CheckedAnswer {
  return { problem: { code, message, help } };
}
