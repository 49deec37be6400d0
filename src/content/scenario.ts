/** An answer set with what has to come out for it: the tests of the knowledge, written by its authors. */
import type { Answer, Id } from './catalogue.ts';

export const VERDICTS = [
  'only-option',
  'clear',
  'narrow',
  'depends-on-weighting',
  'won-by-default',
  'toss-up',
  'not-settled',
] as const;

export interface Expected {
  /** An option, `not-needed` or `impossible`; null where only the verdict is expected. */
  readonly pick: Id | null;
  readonly verdict: (typeof VERDICTS)[number] | null;
}
export interface Scenario {
  readonly id: Id;
  readonly because: string;
  readonly facts: readonly Id[];
  readonly preset: Id | null;
  /** With those of the preset already in it. */
  readonly answers: Readonly<Record<Id, Answer>>;
  readonly expect: Readonly<Record<Id, Expected>>;
}
