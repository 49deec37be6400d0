/** All properties of one catalogue: what must hold for every answer set, and on a day. */
import type { Day } from '../content/catalogue.ts';
import type { Scenario } from '../content/scenario.ts';
import type { Engine } from '../engine/model.ts';
import { createEffects } from './effects.ts';
import type { Finding } from './finding.ts';
import type { PresetPath } from './preset-path.ts';
import { alwaysFires } from './properties/always-fires.ts';
import { answerChangesNothing } from './properties/answer-changes-nothing.ts';
import { brokenInvariant } from './properties/broken-invariant.ts';
import { changesNothing } from './properties/changes-nothing.ts';
import { endOfLife } from './properties/end-of-life.ts';
import { expiresSoon } from './properties/expires-soon.ts';
import { neverAsked } from './properties/never-asked.ts';
import { neverContradicts } from './properties/never-contradicts.ts';
import { neverFires } from './properties/never-fires.ts';
import { neverMatters } from './properties/never-matters.ts';
import { neverNeeded } from './properties/never-needed.ts';
import { neverSuggested } from './properties/never-suggested.ts';
import { neverWins } from './properties/never-wins.ts';
import { notMonotone } from './properties/not-monotone.ts';
import { notProven } from './properties/not-proven.ts';
import { pastReview } from './properties/past-review.ts';
import { sameEffect } from './properties/same-effect.ts';
import { scenarioFailed } from './properties/scenario-failed.ts';
import { stuck } from './properties/stuck.ts';
import { tooEntangled } from './properties/too-entangled.ts';
import { tooManyQuestions } from './properties/too-many-questions.ts';
import { unusedFact } from './properties/unused-fact.ts';
import { PHASES, type Phase, type Property } from './property.ts';
import { createWorkbench } from './workbench.ts';

const PROPERTIES: readonly Property[] = [
  unusedFact,
  scenarioFailed,
  stuck,
  tooEntangled,
  neverNeeded,
  neverWins,
  brokenInvariant,
  neverContradicts,
  notMonotone,
  neverFires,
  alwaysFires,
  neverMatters,
  neverAsked,
  neverSuggested,
  changesNothing,
  answerChangesNothing,
  sameEffect,
  tooManyQuestions,
  pastReview,
  endOfLife,
  expiresSoon,
  notProven,
];

export interface Proof {
  readonly findings: readonly Finding[];
  /** How many questions come up after each preset, at most. */
  readonly paths: readonly PresetPath[];
  /** How many questions to the circuit the simulation answered, and how many the solver. */
  readonly simulated: number;
  readonly solved: number;
}

/** `onPhase` is told each phase as it begins. */
export function prove(
  engine: Engine,
  scenarios: readonly Scenario[],
  day: Day,
  onPhase: (phase: Phase) => void,
): Proof {
  const bench = createWorkbench(engine);
  const effects = createEffects(bench);
  const proving = { bench, effects, scenarios, day };
  const findings = PHASES.flatMap(phase => {
    onPhase(phase);
    return PROPERTIES.filter(property => property.phase === phase).flatMap(property =>
      property.check(proving),
    );
  });
  const paths = engine.catalogue.presets.map(effects.ofPreset).filter(path => path !== null);
  return { findings, paths, ...bench.queries };
}
