/** What a condition reads. */
import type { Condition, Id } from '../content/catalogue.ts';

export type Atom = Extract<Condition, { readonly op: 'answer' | 'range' | 'decision' }>;

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
