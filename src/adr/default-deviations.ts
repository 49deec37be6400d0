/** Sentences about a default that hold only where a pick or an answer says so. */
import type { Id } from '../content/catalogue.ts';
import type { Stack } from '../engine/outcome.ts';

export function pickOf(stack: Stack, decision: Id): Id | null {
  const outcome = stack.outcomes.find(one => one.decision === decision);
  return outcome?.status === 'decided' ? outcome.pick : null;
}

export function cloudOf(stack: Stack): Id {
  const cloud = stack.answers.get('cloud');
  return typeof cloud === 'string' ? cloud : '';
}

export function when(stack: Stack, decision: Id, picks: readonly Id[], text: string): readonly string[] {
  const pick = pickOf(stack, decision);
  return pick !== null && picks.includes(pick) ? [text] : [];
}

export function whenAnswered(
  stack: Stack,
  question: Id,
  values: readonly Id[],
  text: string,
): readonly string[] {
  const answer = stack.answers.get(question);
  const given = typeof answer === 'string' ? [answer] : Array.isArray(answer) ? answer : [];
  return values.some(value => given.includes(value)) ? [text] : [];
}
