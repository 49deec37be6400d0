/** What was picked, read from the outcomes of a stack. */
import type { Answer, Id } from '../content/catalogue.ts';
import type { Stack } from '../engine/outcome.ts';

/** The picked option; null where the decision is not needed, impossible or not asked by this knowledge. */
export function pickOf(stack: Stack, decision: Id): Id | null {
  const outcome = stack.outcomes.find(each => each.decision === decision);
  return outcome?.status === 'decided' ? outcome.pick : null;
}

export function answerOf(stack: Stack, question: Id): Answer | null {
  return stack.answers.get(question) ?? null;
}

/** A number answer, or `otherwise` where it was not asked. */
export function numberAnswer(stack: Stack, question: Id, otherwise: number): number {
  const answer = answerOf(stack, question);
  return typeof answer === 'number' ? answer : otherwise;
}

/** The entry of a table of options; a pick that is not in it is our fault, since a test holds both equal. */
export function chosen<T>(table: Readonly<Record<Id, T>>, decision: Id, pick: Id): T {
  const entry = table[pick];
  if (entry === undefined) throw new Error(`no module for ${pick} of the decision ${decision}`);
  return entry;
}
