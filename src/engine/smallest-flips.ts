/** Of flips by the same questions those that ask for the least change. */
import type { Answer, Id, Question } from '../content/catalogue.ts';
import { asList, differences } from './other-answers.ts';
import type { Change, Flip } from './outcome.ts';

export interface Asked {
  readonly question: Question;
  /** What counts at present. */
  readonly current: Answer | null;
}

/** Drops a flip where another one of the same decision does it with less: see {@link isLess}. */
export function smallest(found: readonly Flip[], asked: ReadonlyMap<Id, Asked>): readonly Flip[] {
  return found.filter(flip => !found.some(other => other !== flip && asksLess(other, flip, asked)));
}

function asksLess(a: Flip, b: Flip, asked: ReadonlyMap<Id, Asked>): boolean {
  if (a.decision !== b.decision) return false;
  const extents = a.changes.map((change, position) =>
    extent(change, b.changes[position], a.to === b.to, asked),
  );
  return extents.every(one => one !== 'other') && extents.includes('less');
}

/** How the first change of an answer compares with the second one. */
function extent(
  a: Change,
  b: Change | undefined,
  sameResult: boolean,
  asked: ReadonlyMap<Id, Asked>,
): 'less' | 'same' | 'other' {
  const one = asked.get(a.question);
  if (b === undefined || one === undefined || one.current === null) return 'other';
  if (JSON.stringify(a.answer) === JSON.stringify(b.answer)) return 'same';
  return isLess(one.question, one.current, a.answer, b.answer, sameResult) ? 'less' : 'other';
}

/**
 * Numbers: nearer on the same side with the same result. Sets: fewer of the same choices added or taken away.
 * Rankings: shorter with the same result. Other answers do not compare.
 */
function isLess(question: Question, current: Answer, a: Answer, b: Answer, sameResult: boolean): boolean {
  switch (question.kind) {
    case 'number': {
      const [now, near, far] = [Number(current), Number(a), Number(b)];
      return (
        sameResult &&
        Math.sign(near - now) === Math.sign(far - now) &&
        Math.abs(near - now) < Math.abs(far - now)
      );
    }
    case 'multi': {
      const few = differences(asList(a), asList(current));
      const many = differences(asList(b), asList(current));
      return few.length < many.length && few.every(id => many.includes(id));
    }
    case 'ranked':
      return sameResult && asList(a).length < asList(b).length;
    default:
      return false;
  }
}
