/** Of flips by the same questions those that ask for the least change. */
import type { Answer, Id, Question } from '../content/catalogue.ts';
import { asList } from './other-answers.ts';
import type { Change, Flip } from './outcome.ts';

export interface Asked {
  readonly question: Question;
  /** What counts at present. */
  readonly current: Answer | null;
}

/** Drops a flip where another one of the same decision does it with less: see {@link isLess}. */
export function smallest(found: readonly Flip[], asked: ReadonlyMap<Id, Asked>): readonly Flip[] {
  if (found.length < 2) return found;
  // The same change moves several decisions; it is measured once.
  const known = new Map<Change, Size>();
  const sizeOf = (change: Change): Size => {
    const size = known.get(change) ?? measure(change, asked.get(change.question));
    known.set(change, size);
    return size;
  };
  const measured = found.map(flip => ({ flip, sizes: flip.changes.map(sizeOf) }));
  const ofDecision = new Map<Id, Measured[]>();
  for (const one of measured) {
    const others = ofDecision.get(one.flip.decision);
    if (others === undefined) ofDecision.set(one.flip.decision, [one]);
    else others.push(one);
  }
  return measured
    .filter(one => !ofDecision.get(one.flip.decision)?.some(other => other !== one && asksLess(other, one)))
    .map(({ flip }) => flip);
}

interface Measured {
  readonly flip: Flip;
  readonly sizes: readonly Size[];
}

/** How far an answer is from what counts at present, in a form that is quick to compare. */
interface Size {
  readonly kind: Question['kind'] | 'unknown';
  /** Equal for the same answers. */
  readonly answer: string | number;
  /** Number: the side that it lies on. Set: the choices that were added or taken away, as bits. */
  readonly where: number;
  readonly amount: number;
}

function measure({ answer }: Change, asked: Asked | undefined): Size {
  if (asked === undefined || asked.current === null) {
    return { kind: 'unknown', answer: String(answer), where: 0, amount: 0 };
  }
  const { question, current } = asked;
  switch (question.kind) {
    case 'number': {
      const away = Number(answer) - Number(current);
      return { kind: question.kind, answer: Number(answer), where: Math.sign(away), amount: Math.abs(away) };
    }
    case 'multi': {
      const where = bitsOf(question.choices, answer) ^ bitsOf(question.choices, current);
      return { kind: question.kind, answer: where, where, amount: 0 };
    }
    case 'ranked': {
      const list = asList(answer);
      return { kind: question.kind, answer: list.join(), where: 0, amount: list.length };
    }
    default:
      return { kind: question.kind, answer: String(answer), where: 0, amount: 0 };
  }
}

function bitsOf(choices: readonly { readonly id: Id }[], answer: Answer): number {
  const ids = asList(answer);
  return choices.reduce((bits, { id }, position) => (ids.includes(id) ? bits | (1 << position) : bits), 0);
}

/** Less in one of the changes, and the same or less in all others. */
function asksLess(a: Measured, b: Measured): boolean {
  const sameResult = a.flip.to === b.flip.to;
  let less = false;
  for (let position = 0; position < a.sizes.length; position++) {
    const [one, other] = [a.sizes[position], b.sizes[position]];
    if (one === undefined || other === undefined || one.kind === 'unknown') return false;
    if (one.answer === other.answer) continue;
    if (!isLess(one, other, sameResult)) return false;
    less = true;
  }
  return less;
}

/**
 * Numbers: nearer on the same side with the same result. Sets: fewer of the same choices added or taken away.
 * Rankings: shorter with the same result. Other answers do not compare.
 */
function isLess(a: Size, b: Size, sameResult: boolean): boolean {
  switch (a.kind) {
    case 'number':
      return sameResult && a.where === b.where && a.amount < b.amount;
    case 'multi':
      return (a.where & b.where) === a.where;
    case 'ranked':
      return sameResult && a.amount < b.amount;
    default:
      return false;
  }
}
