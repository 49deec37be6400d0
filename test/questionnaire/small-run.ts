/** A run on the small catalogue: what tests start from. */
import { createEngine } from '../../src/engine/compile.ts';
import type { Action } from '../../src/questionnaire/actions.ts';
import { createAdvisor } from '../../src/questionnaire/advisor.ts';
import type { Context } from '../../src/questionnaire/context.ts';
import { initialState, type State } from '../../src/questionnaire/state.ts';
import { replay } from '../../src/questionnaire/update.ts';
import { SMALL } from './small-catalogue.ts';

export const TODAY = '2026-11-20';

/** With an engine of its own, so that nothing is remembered between two contexts. */
export function smallContext(): Context {
  return {
    catalogue: SMALL,
    advisor: createAdvisor(createEngine(SMALL)),
    today: TODAY,
    firstRun: 100,
    suggestDirectory: name => `./${name}-platform`,
  };
}

export const context = smallContext();

export function play(...actions: readonly Action[]): State {
  return replay(initialState(TODAY), actions, context);
}

/** From the start to the first question of a run called shop. */
export const BEGIN: readonly Action[] = [
  { type: 'accept' },
  { type: 'type', text: 'shop' },
  { type: 'accept' },
  { type: 'accept' },
];
export const answer = (question: string, value: string | number | readonly string[]): Action => ({
  type: 'answer',
  question,
  answer: value,
});

/** Every question of the small catalogue answered; the review is on the screen. */
export const ANSWERED: readonly Action[] = [
  ...BEGIN,
  answer('cloud', 'aws'),
  answer('services', 40),
  answer('operators', 'no'),
  answer('compliance', ['pci-dss']),
  answer('windows', 'no'),
  answer('mtls', 'mandated'),
  answer('drivers', ['security']),
];

export function questionShown(state: State): string | null {
  return state.screen.at === 'question' ? state.screen.question : null;
}
