/** What a condition reads. */
import type { Answer, Condition, Id } from '../content/catalogue.ts';

export type Atom = Extract<Condition, { readonly op: 'answer' | 'range' | 'decision' }>;
type AnswerAtom = Exclude<Atom, { readonly op: 'decision' }>;

/** The atoms that can make the condition true: its own, else those of its named terms; none below a `not`. */
export function positiveAtoms(condition: Condition): readonly Atom[] {
  const own = atoms(condition, 'own');
  return own.length > 0 ? own : atoms(condition, 'of-terms');
}

function atoms(condition: Condition, which: 'own' | 'of-terms'): readonly Atom[] {
  if (condition.op === 'all' || condition.op === 'any')
    return condition.of.flatMap(part => atoms(part, which));
  if (condition.op === 'not') return [];
  if (condition.op !== 'term') return which === 'own' ? [condition] : [];
  return which === 'own' ? [] : positiveAtoms(condition.of);
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
