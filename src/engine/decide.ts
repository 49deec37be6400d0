/** From answers and pins to a stack: every decision with its pick, its verdict and its reasons. */
import type { Answers, Day } from '../content/catalogue.ts';
import { alternativesOf } from './alternatives.ts';
import { stateOf } from './answers.ts';
import { usedAnswers } from './asked.ts';
import { type Engine, newState } from './model.ts';
import { openQuestionsOf } from './open-questions.ts';
import type { Pins, Stack } from './outcome.ts';
import { outcomeOf } from './outcome-of.ts';
import { pinnedOptions } from './pins.ts';
import type { Run } from './run.ts';
import { newSearch, searchPicks } from './search.ts';
import { standingOf } from './standing.ts';
import { knownFrom } from './trial.ts';
import { resolveVersions } from './versions.ts';

export interface Input {
  readonly answers: Answers;
  readonly pins: Pins;
  /** The day of all that is dated in the outcome. */
  readonly asOf: Day;
}

export function decide(engine: Engine, input: Input): Stack {
  const { answers, asOf } = input;
  const pins = pinnedOptions(engine, input.pins);
  const base = stateOf(engine, answers, 'assumed');
  const search = newSearch(engine);
  searchPicks(engine, base, pins, search);
  const { state } = search;
  const { used, assumed } = usedAnswers(engine, answers, state);
  const run: Run = {
    engine,
    input,
    pins,
    base,
    search,
    used,
    standing: standingOf(engine, answers, pins),
    alternatives: alternativesOf(engine, answers, base, pins, knownFrom(search, newState(engine))),
  };
  const byId = new Map(engine.decisions.map(decision => [decision.decision.id, decision]));
  const outcomes = engine.catalogue.decisions.flatMap(({ id }) => {
    const decision = byId.get(id);
    return decision === undefined ? [] : [outcomeOf(run, decision)];
  });
  return {
    asOf,
    knowledge: engine.catalogue.digest,
    outcomes,
    versions: resolveVersions(engine, state, asOf),
    openQuestions: openQuestionsOf(engine, answers, state, outcomes),
    answers: used,
    assumed,
  };
}
