/** The smallest set of answers and pins that cannot hold together: whatever is left out of it may be anything. */
import type { Answer, Answers, Id } from '../content/catalogue.ts';
import { isUnsure } from './answers.ts';
import { someCompletions } from './completions.ts';
import { reachOf } from './influence.ts';
import { type CompiledDecision, type Engine, NO, YES } from './model.ts';
import type { Limits } from './open-cases.ts';
import type { Impossible, Pins } from './outcome.ts';
import { pinnedOptions } from './pins.ts';
import { newSearch, searchPicks } from './search.ts';
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

const NO_CASES: Limits = { picks: 0, rows: 0, evaluations: 0 };

/**
 * Leaves out answers and pins as long as the conflict stays certain. Answers that nothing before the decision reads go
 * first, pins last, so that what the user insisted on stays in view.
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
  const search = newSearch(engine);
  /** One case without the conflict shows that it is not certain; without cases it may be certain already. */
  const isCertain = (): boolean => {
    const options = pinnedOptions(engine, pinned);
    for (const state of someCompletions(engine, given)) {
      searchPicks(engine, state, options, search);
      if (!holds({ root: search.state, stuck: search.impossible })) return false;
    }
    return holds(standingOf(engine, given, options, NO_CASES)) || holds(standingOf(engine, given, options));
  };
  /** All of them at once, or else each half by itself. */
  const without = <Value>(map: Map<Id, Value>, ids: readonly Id[]): void => {
    const before = ids.flatMap((id): readonly [Id, Value][] => {
      const value = map.get(id);
      return value === undefined ? [] : [[id, value]];
    });
    if (before.length === 0) return;
    for (const [id] of before) map.delete(id);
    if (isCertain()) return;
    for (const [id, value] of before) map.set(id, value);
    if (before.length === 1) return;
    const half = Math.ceil(before.length / 2);
    const left = before.map(([id]) => id);
    without(map, left.slice(0, half));
    without(map, left.slice(half));
  };
  const { questions: read } = reachOf(engine, decision);
  const [near, far] = [
    engine.questions.filter(one => read.has(one.question.id)),
    engine.questions.filter(one => !read.has(one.question.id)),
  ];
  const others = engine.decisions.filter(one => one !== decision).map(one => one.decision.id);
  // A pin can choose what nothing else may, so leaving one out may make an answer superfluous that was not before.
  for (let size = -1; size !== given.size + pinned.size; ) {
    size = given.size + pinned.size;
    without(
      given,
      far.map(({ question }) => question.id),
    );
    without(given, near.map(({ question }) => question.id).reverse());
    without(pinned, others);
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
