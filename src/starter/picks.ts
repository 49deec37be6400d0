/** What was picked, read from the outcomes of a stack. */
import type { Answer, Id } from '../content/catalogue.ts';
import type { Stack } from '../engine/outcome.ts';
import type { NotGenerated } from './module.ts';

/** The picked option; null where the decision is not needed, impossible or not asked by this knowledge. */
export function pickOf(stack: Stack, decision: Id): Id | null {
  const outcome = stack.outcomes.find(each => each.decision === decision);
  return outcome?.status === 'decided' ? outcome.pick : null;
}

export function answerOf(stack: Stack, question: Id): Answer | null {
  return stack.answers.get(question) ?? null;
}

/** Whether an answer of several choices names this one. */
export function isNamed(stack: Stack, question: Id, choice: Id): boolean {
  const answer = answerOf(stack, question);
  return Array.isArray(answer) && answer.includes(choice);
}

/** A number answer, or `otherwise` where it was not asked. */
export function numberAnswer(stack: Stack, question: Id, otherwise: number): number {
  const answer = answerOf(stack, question);
  return typeof answer === 'number' ? answer : otherwise;
}

/** The entry of a table of options. A test holds that each of ours has one; an option that a pack adds has none. */
export function chosen<T>(table: Readonly<Record<Id, T>>, pick: Id): T | NotGenerated {
  return table[pick] ?? addedByPack(pick);
}

export const addedByPack = (pick: Id): NotGenerated => ({
  notGenerated: `Nothing is generated for ${pick}, which a pack added.`,
});
