/** What both kinds of wizard start from. */
import type { Catalogue } from '../content/catalogue.ts';
import type { Engine } from '../engine/compile.ts';
import { createAdvisor } from '../questionnaire/advisor.ts';
import type { Context } from '../questionnaire/context.ts';
import type { Pace } from '../questionnaire/state.ts';
import type { World } from './world.ts';

export interface WizardSetup {
  readonly engine: Engine;
  readonly catalogue: Catalogue;
  /** How a run begins unless the user chooses otherwise. */
  readonly pace: Pace;
}

export function contextOf(world: World, { engine, catalogue }: WizardSetup): Context {
  return {
    catalogue,
    advisor: createAdvisor(engine),
    today: world.today,
    firstRun: Date.now(),
    suggestDirectory: world.suggestDirectory,
  };
}
