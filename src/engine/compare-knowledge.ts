/** What changed in the knowledge behind one decision. */
import type { Answer, Catalogue, Decision, Id } from '../content/catalogue.ts';
import { conditionsOf, readsOf } from './order.ts';
import type { Outcome, Stack } from './outcome.ts';

type HowChanged = 'added' | 'removed' | 'changed';
interface Change {
  readonly id: Id;
  readonly change: HowChanged;
}

export type Cause =
  | {
      readonly kind: 'answer';
      readonly question: Id;
      readonly from: Answer | null;
      readonly to: Answer | null;
    }
  | { readonly kind: 'pin'; readonly decision: Id; readonly from: Id | null; readonly to: Id | null }
  | {
      readonly kind: 'rule' | 'fact' | 'option' | 'question' | 'applies';
      readonly id: Id;
      readonly change: HowChanged;
    }
  /** It follows from an earlier decision that differs. */
  | { readonly kind: 'decision'; readonly id: Id };

/** Rules, facts and options of this decision that differ and had a part in it; else the earlier decisions that differ. */
export function knowledgeCauses(
  before: Catalogue,
  after: Catalogue,
  decision: Id,
  from: Stack,
  to: Stack,
): readonly Cause[] {
  const [old, now] = [before, after].map(({ decisions }) => decisions.find(({ id }) => id === decision));
  if (old === undefined || now === undefined) {
    return [{ kind: 'applies', id: decision, change: old === undefined ? 'added' : 'removed' }];
  }
  const fired = new Set([from, to].flatMap(stack => firedRules(stack, decision)));
  const rules = differing(old.rules, now.rules).filter(({ id }) => fired.has(id));
  const cited = new Set(
    [...old.rules, ...now.rules].filter(({ id }) => fired.has(id)).flatMap(({ facts }) => facts),
  );
  const facts = differing(before.facts, after.facts).filter(({ id }) => cited.has(id));
  const own: readonly Cause[] = [
    ...rules.map((rule): Cause => ({ kind: 'rule', ...rule })),
    ...facts.map((fact): Cause => ({ kind: 'fact', ...fact })),
    ...differing(old.options.map(essence), now.options.map(essence)).map(
      (option): Cause => ({ kind: 'option', ...option }),
    ),
    ...(same(old.applies, now.applies)
      ? []
      : [{ kind: 'applies', id: decision, change: 'changed' } as const]),
  ];
  const earlier = earlierDifferences(after, now, from, to);
  if (own.length + earlier.length > 0) return [...own, ...earlier];
  const questions = differing(before.questions.map(essence), after.questions.map(essence));
  return questions.map((question): Cause => ({ kind: 'question', ...question }));
}

/** What of an option or question can change a pick. */
function essence(one: Decision['options'][number] | Catalogue['questions'][number]): { readonly id: Id } {
  if ('effort' in one)
    return { id: one.id, ...{ applies: one.applies, effort: one.effort, oneWay: one.oneWay } };
  const values = one.kind === 'number' ? [one.min, one.max] : one.choices.map(({ id }) => id);
  return { id: one.id, ...{ askedWhen: one.askedWhen, assume: one.assume, values } };
}

function firedRules(stack: Stack, decision: Id): readonly Id[] {
  const outcome = stack.outcomes.find(one => one.decision === decision);
  if (outcome === undefined || outcome.status === 'not-needed') return [];
  const reasons = outcome.status === 'decided' ? outcome.reasons : [];
  return [...reasons, ...outcome.ruledOut].map(({ rule }) => rule);
}

function earlierDifferences(after: Catalogue, decision: Decision, from: Stack, to: Stack): readonly Cause[] {
  const askedWhen = new Map(after.questions.map(question => [question.id, question.askedWhen]));
  return [...readsOf(conditionsOf(decision), askedWhen).decisions].flatMap((id): readonly Cause[] => {
    const [old, now] = [from, to].map(stack => stack.outcomes.find(outcome => outcome.decision === id));
    return pickOf(old) === pickOf(now) ? [] : [{ kind: 'decision', id }];
  });
}

const pickOf = (outcome: Outcome | undefined): Id | null =>
  outcome?.status === 'decided' ? outcome.pick : null;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function differing<One extends { readonly id: Id }>(
  old: readonly One[],
  now: readonly One[],
): readonly Change[] {
  const oldById = new Map(old.map(one => [one.id, one]));
  const nowById = new Map(now.map(one => [one.id, one]));
  return [...new Set([...oldById.keys(), ...nowById.keys()])].flatMap((id): Change[] => {
    const [a, b] = [oldById.get(id), nowById.get(id)];
    if (a === undefined) return [{ id, change: 'added' }];
    if (b === undefined) return [{ id, change: 'removed' }];
    return same(a, b) ? [] : [{ id, change: 'changed' }];
  });
}
