/** What both kinds of wizard start from. */
import type { Catalogue } from '../content/catalogue.ts';
import type { Engine } from '../engine/compile.ts';
import { createAdvisor } from '../questionnaire/advisor.ts';
import type { Advisor, Context } from '../questionnaire/context.ts';
import type { Pace } from '../questionnaire/state.ts';
import type { World } from './world.ts';

export interface WizardSetup {
  /** The same one each time. */
  readonly engine: () => Engine;
  readonly catalogue: Catalogue;
  /** How a run begins unless the user chooses otherwise. */
  readonly pace: Pace;
}

/** The first frame asks for no advice: the engine is made when it is needed. */
export function contextOf(world: World, { engine, catalogue }: WizardSetup): Context {
  let advisor: Advisor | null = null;
  return {
    catalogue,
    get advisor() {
      advisor ??= createAdvisor(engine());
      return advisor;
    },
    today: world.today,
    firstRun: Date.now(),
    suggestDirectory: world.suggestDirectory,
  };
}
