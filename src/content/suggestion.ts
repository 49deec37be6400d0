/** Which answer the other answers usually imply, and what of them implies it. */
import { type Answers, type Condition, type Question, type Suggestion, UNSURE } from './catalogue.ts';

/** The first that these answers call for; null where none does. */
export function suggestionFor(question: Question, answers: Answers): Suggestion | null {
  return question.suggested?.find(({ when }) => holds(when, answers) === true) ?? null;
}

/** The answers in a condition that are given: `pci-dss`, `3`. */
export function givenIn(condition: Condition, answers: Answers): readonly string[] {
  switch (condition.op) {
    case 'all':
    case 'any':
      return [...new Set(condition.of.flatMap(part => givenIn(part, answers)))];
    case 'term':
      return givenIn(condition.of, answers);
    case 'answer': {
      const given = [answers.get(condition.question) ?? []].flat();
      return condition.values.filter(value => given.includes(value));
    }
    case 'range':
      return holds(condition, answers) === true ? [String(answers.get(condition.question))] : [];
    default:
      return [];
  }
}

/** Null where an answer that is missing or unsure could tell. */
function holds(condition: Condition, answers: Answers): boolean | null {
  switch (condition.op) {
    case 'all':
      return joined(condition.of, answers, false);
    case 'any':
      return joined(condition.of, answers, true);
    case 'not': {
      const inner = holds(condition.of, answers);
      return inner === null ? null : !inner;
    }
    case 'term':
      return holds(condition.of, answers);
    case 'decision':
      return null;
    default: {
      const answer = answers.get(condition.question);
      if (answer === undefined || answer === UNSURE) return null;
      if (condition.op === 'range') {
        return typeof answer === 'number' && answer >= condition.from && answer <= condition.to;
      }
      const given = [answer].flat();
      return condition.values.some(value => given.includes(value));
    }
  }
}

/** All parts hold, or with `decisive` true any of them. */
function joined(parts: readonly Condition[], answers: Answers, decisive: boolean): boolean | null {
  const truths = parts.map(part => holds(part, answers));
  if (truths.includes(decisive)) return decisive;
  return truths.includes(null) ? null : !decisive;
}
