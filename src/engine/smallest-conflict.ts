/** The smallest set of answers and pins that cannot hold together: whatever is left out of it may be anything. */
import type { Answer, Answers, Id } from '../content/catalogue.ts';
import { isUnsure } from './answers.ts';
import { type CompiledDecision, type Engine, NO, YES } from './model.ts';
import { conditionsOf, readsOf } from './order.ts';
import type { Impossible, Pins } from './outcome.ts';
import { pinnedOptions } from './pins.ts';
import { type Standing, standingOf } from './standing.ts';

/** Says for certain, over all that is possible, that the conflict is there. */
export type Holds = (standing: Pick<Standing, 'root' | 'stuck'>) => boolean;

/** The decision is needed, and has no option whatever the open answers are. */
export const isStuck =
  (decision: CompiledDecision): Holds =>
  ({ stuck }) =>
    stuck[decision.index] === 1;

/** The option cannot be chosen: it does not apply, or a hard rule of the kind "impossible" is against it. */
export const cannotBe =
  (decision: CompiledDecision, position: number): Holds =>
  ({ root }) => {
    if (decision.applies.test(root) !== YES) return false;
    if (decision.options[position]?.applies.test(root) === NO) return true;
    return decision.bans.some(
      ban =>
        (ban.rulesOut & (1 << position)) !== 0 &&
        ban.rule.rulesOut?.kind === 'impossible' &&
        ban.condition.test(root) === YES,
    );
  };

/**
 * Leaves out one answer or pin after the other as long as the conflict stays certain. Answers that nothing before the
 * decision reads go first and together, pins last, so that what the user insisted on stays in view.
 */
export function smallestConflict(
  engine: Engine,
  answers: Answers,
  pins: Pins,
  decision: CompiledDecision,
  holds: Holds,
): Impossible['conflict'] {
  // What is not asked now is asked under other picks, so it has a part in those being no way out.
  const given = effectiveAnswers(engine, answers);
  const pinned = new Map(pins);
  const isCertain = (): boolean => holds(standingOf(engine, given, pinnedOptions(engine, pinned)));
  const without = <Value>(map: Map<Id, Value>, ids: readonly Id[]): void => {
    const before = ids.flatMap((id): [Id, Value][] => {
      const value = map.get(id);
      return value === undefined ? [] : [[id, value]];
    });
    if (before.length === 0) return;
    for (const [id] of before) map.delete(id);
    if (isCertain()) return;
    for (const [id, value] of before) map.set(id, value);
  };
  const read = readBefore(engine, decision);
  without(
    given,
    [...given.keys()].filter(id => !read.has(id)),
  );
  without(
    pinned,
    [...pinned.keys()].filter(id => !read.has(id)),
  );
  // A pin can choose what nothing else may, so leaving one out may make an answer superfluous that was not before.
  for (let size = -1; size !== given.size + pinned.size; ) {
    size = given.size + pinned.size;
    for (const { question } of engine.questions.toReversed()) without(given, [question.id]);
    for (const other of engine.decisions) {
      if (other !== decision) without(pinned, [other.decision.id]);
    }
  }
  return {
    questions: engine.catalogue.questions.map(({ id }) => id).filter(id => given.has(id)),
    pins: engine.catalogue.decisions.map(({ id }) => id).filter(id => pinned.has(id)),
  };
}

/** Every answer, asked or not, with what is assumed for unsure ones. */
function effectiveAnswers(engine: Engine, answers: Answers): Map<Id, Answer> {
  return new Map(
    engine.questions.flatMap((compiled): readonly [Id, Answer][] => {
      const { id, assume } = compiled.question;
      const answer = isUnsure(answers, compiled) ? assume : answers.get(id);
      return answer === null || answer === undefined ? [] : [[id, answer]];
    }),
  );
}

/** Ids of all questions and decisions that this decision reads, directly and through earlier decisions. */
function readBefore(engine: Engine, { decision }: CompiledDecision): ReadonlySet<Id> {
  const askedWhen = new Map(engine.catalogue.questions.map(question => [question.id, question.askedWhen]));
  const ids = new Set<Id>([decision.id]);
  const visit = (id: Id): void => {
    const index = engine.decisionIndex.get(id);
    const compiled = index === undefined ? undefined : engine.decisions[index];
    if (compiled === undefined) return;
    const reads = readsOf(conditionsOf(compiled.decision), askedWhen);
    for (const question of reads.questions) ids.add(question);
    for (const earlier of reads.decisions) {
      if (ids.has(earlier)) continue;
      ids.add(earlier);
      visit(earlier);
    }
  };
  visit(decision.id);
  return ids;
}
