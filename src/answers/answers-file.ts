/** What an answers file holds once it was read and checked. */
import type { Answers, Catalogue, Day, Id } from '../content/catalogue.ts';
import { UNSURE } from '../content/catalogue.ts';
import type { Project } from '../content/project.ts';

/** The version of the format: the value of `chartroom` in the file. */
export const FORMAT = 1;

/** The user's own choice for a decision; the same data as the engine's. */
export interface Pin {
  readonly choose: Id;
  readonly because: string;
  readonly owner?: string;
  readonly approver?: string;
  readonly expires?: Day;
}
export interface AnswersContent {
  readonly asOf: Day | null;
  readonly project: Project;
  readonly answers: Answers;
  readonly pins: ReadonlyMap<Id, Pin>;
}
export interface AnswersFile extends AnswersContent {
  /** As it was read: `rewriteAnswers` starts from it and keeps its comments. */
  readonly text: string;
}

/** Required questions that nobody answered, in asking order. */
export function requiredUnanswered(answers: Answers, catalogue: Catalogue): readonly Id[] {
  return catalogue.questions
    .filter(({ id, required }) => required && (answers.get(id) ?? UNSURE) === UNSURE)
    .map(({ id }) => id);
}

export function isDay(value: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
