/** What the reducer may ask while it works: all of it constant or pure, so that a recording replays to the same state. */
import type { Answers, Catalogue, Day, Id, Question } from '../content/catalogue.ts';
import type { Conflict } from '../engine/conflicts.ts';
import type { Decisive } from '../engine/decisive.ts';
import type { Flip, Pins, Stack } from '../engine/outcome.ts';

export interface AdviceInput {
  readonly answers: Answers;
  readonly pins: Pins;
  readonly asOf: Day;
}
export interface Settledness {
  readonly settled: boolean;
  readonly canWin: readonly Id[];
}
/** The engine as the questionnaire sees it. Same input, same result. */
export interface Advisor {
  /** Questions that apply, in asking order. */
  asked(answers: Answers, pins: Pins): readonly Id[];
  /** Decision to option; null where it is not needed or nothing is left. In the catalogue's order. */
  picks(input: AdviceInput): ReadonlyMap<Id, Id | null>;
  settled(input: AdviceInput): ReadonlyMap<Id, Settledness>;
  decide(input: AdviceInput): Stack;
  flips(input: AdviceInput, decision: Id): readonly Flip[];
  conflicts(input: AdviceInput): readonly Conflict[];
  /** What is still worth asking. */
  decisive(input: AdviceInput): Decisive;
  /** The most decisive question among these; null where there is none. */
  next(input: AdviceInput, among: readonly Id[]): Id | null;
}

export interface Context {
  readonly catalogue: Catalogue;
  readonly advisor: Advisor;
  readonly today: Day;
  /** Number of the first run begun here; later ones count on from it. Differs from start to start. */
  readonly firstRun: number;
  suggestDirectory(projectName: string): string;
}

export function questionOf(context: Context, id: Id): Question | null {
  return context.catalogue.questions.find(question => question.id === id) ?? null;
}
