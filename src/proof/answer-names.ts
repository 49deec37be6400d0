/** Names of answers in findings: `aws`, `5..9`, `hipaa`. */
import type { Answer, Answers, Question } from '../content/catalogue.ts';
import { found } from './encode-condition.ts';
import type { Pair } from './question-effects.ts';
import { answersOf, type Workbench, witness } from './workbench.ts';

export function nameOf(question: Question, position: number): string {
  if (question.kind !== 'number') return question.choices[position]?.id ?? '';
  const part = question.classes[position];
  if (part === undefined) return '';
  return part.from === part.to ? String(part.from) : `${part.from}..${part.to}`;
}

/** Answers of somebody who is asked the question, once with each answer of the pair. */
export function bothAnswered(bench: Workbench, question: Question, pair: Pair): readonly Answers[] {
  const holds = witness(bench, [bench.encoding.possible, found(bench.encoding.asked, question.id)]);
  if (holds === null) return [];
  const answers = answersOf(bench, holds);
  return [pair.first, pair.second].map(position =>
    new Map(answers).set(question.id, answerWith(question, pair.first, position)),
  );
}

function answerWith(question: Question, first: number, position: number | 'without'): Answer {
  if (question.kind === 'number') {
    return question.classes[position === 'without' ? first : position]?.from ?? question.min;
  }
  if (position === 'without') return [];
  const id = question.choices[position]?.id ?? '';
  return question.kind === 'multi' || question.kind === 'ranked' ? [id] : id;
}
