/** What a condition reads. */
import type { Answer, Condition, Id } from '../content/catalogue.ts';

export type Atom = Extract<Condition, { readonly op: 'answer' | 'range' | 'decision' }>;
type AnswerAtom = Exclude<Atom, { readonly op: 'decision' }>;

/** The atoms that can make the condition true, in order; those below a `not` are left out. */
export function positiveAtoms(condition: Condition): readonly Atom[] {
  if (condition.op === 'all' || condition.op === 'any') return condition.of.flatMap(positiveAtoms);
  if (condition.op === 'term') return positiveAtoms(condition.of);
  return condition.op === 'not' ? [] : [condition];
}

export function decisionsRead(condition: Condition): readonly Id[] {
  if (condition.op === 'all' || condition.op === 'any') return condition.of.flatMap(decisionsRead);
  if (condition.op === 'term' || condition.op === 'not') return decisionsRead(condition.of);
  return condition.op === 'decision' ? [condition.decision] : [];
}

export function questionsRead(condition: Condition): readonly Id[] {
  if (condition.op === 'all' || condition.op === 'any') return condition.of.flatMap(questionsRead);
  if (condition.op === 'term' || condition.op === 'not') return questionsRead(condition.of);
  return condition.op === 'decision' ? [] : [condition.question];
}

export function holds(atom: AnswerAtom, answer: Answer): boolean {
  if (atom.op === 'range') return typeof answer === 'number' && answer >= atom.from && answer <= atom.to;
  if (typeof answer === 'number') return false;
  return atom.values.some(value => (typeof answer === 'string' ? answer === value : answer.includes(value)));
}
