/** Whole runs beside the actual one: without the drivers, without a pin, with a number one class away. */
import type { Answers } from '../content/catalogue.ts';
import { classOf, isUnsure, nearestIn, setAnswer } from './answers.ts';
import {
  type CompiledQuestion,
  copyState,
  type Engine,
  newState,
  type State,
  UNRANKED,
  YES,
} from './model.ts';
import type { Change } from './outcome.ts';
import { choose, newSearch, type PinnedOptions, type Search } from './search.ts';
import { type Known, tryPicks } from './trial.ts';

/** Picks as bits by decision. */
export type Picks = Int32Array;

export interface Moved {
  readonly change: Change;
  readonly picks: Picks;
  /** What each decision would pick beside these picks of the others if it held no opinions. */
  readonly byEvidence: Picks;
}

export interface Alternatives {
  /** Null where the user ranked none. */
  readonly withoutDrivers: Picks | null;
  readonly numbers: readonly Moved[];
}

export function alternativesOf(
  engine: Engine,
  answers: Answers,
  base: State,
  pins: PinnedOptions,
  known: Known,
): Alternatives {
  const search = newSearch(engine);
  const isRanked = base.ranks.some(rank => rank !== UNRANKED);
  return {
    withoutDrivers: isRanked ? picksWithoutDrivers(engine, base, pins, known, search) : null,
    numbers: engine.questions
      .filter(question => !isUnsure(answers, question) && question.askedWhen.test(known.picked) === YES)
      .flatMap(question => movedByOneClass(engine, question, answers, base, pins, known, search)),
  };
}

function picksWithoutDrivers(
  engine: Engine,
  base: State,
  pins: PinnedOptions,
  known: Known,
  search: Search,
): Picks {
  const trial = newState(engine);
  copyState(trial, base);
  trial.ranks.fill(UNRANKED);
  trial.ranksOpen[0] = 0;
  tryPicks(engine, trial, [engine.driversQuestion], known, pins, search);
  return search.state.picks.slice();
}

function movedByOneClass(
  engine: Engine,
  compiled: CompiledQuestion,
  answers: Answers,
  base: State,
  pins: PinnedOptions,
  known: Known,
  search: Search,
): readonly Moved[] {
  const { question } = compiled;
  const from = answers.get(question.id);
  if (question.kind !== 'number' || typeof from !== 'number') return [];
  const current = classOf(question, from);
  return [current - 1, current + 1]
    .filter(position => position >= 0 && position < question.classes.length)
    .map(position => {
      const answer = nearestIn(question, position, from);
      const trial = newState(engine);
      copyState(trial, base);
      setAnswer(trial, compiled, answer);
      tryPicks(engine, trial, [compiled.index], known, pins, search);
      const picks = search.state.picks.slice();
      return {
        change: { question: question.id, from, answer },
        picks,
        byEvidence: byEvidence(engine, pins, search),
      };
    });
}

function byEvidence(engine: Engine, pins: PinnedOptions, search: Search): Picks {
  const picks = search.state.picks.slice();
  for (const [index, decision] of engine.evidence) picks[index] = choose(decision, pins[index]!, search);
  return picks;
}
