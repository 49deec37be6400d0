/** The shape of one property that the content must have. */
import type { Day } from '../content/catalogue.ts';
import type { Scenario } from '../content/scenario.ts';
import type { Effects } from './effects.ts';
import type { Finding } from './finding.ts';
import type { Workbench } from './workbench.ts';

/** In the order in which findings are best mended. */
export const PHASES = [
  'facts and scenarios',
  'decisions',
  'claims',
  'rules',
  'questions',
  'presets',
  'dates',
] as const;
export type Phase = (typeof PHASES)[number];

export interface Proving {
  readonly bench: Workbench;
  readonly effects: Effects;
  readonly scenarios: readonly Scenario[];
  /** The day on which the content has to be fresh. */
  readonly day: Day;
}
export interface Property {
  /** Of its findings. */
  readonly code: string;
  readonly phase: Phase;
  check(proving: Proving): readonly Finding[];
}
