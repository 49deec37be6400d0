/** What a service refuses, looked at once more before anything is generated for it. */
import type { Id } from '../../content/catalogue.ts';
import type { MissingPart } from '../module.ts';
import type { StarterInput } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';

export interface Limit {
  /** As the service's own pages call it. */
  readonly name: string;
  /** Which fact says so. */
  readonly fact: Id;
  /** What it means here: a full sentence. */
  readonly says: string;
  /** `has` tells whether an answer is, or holds, one of the values. */
  readonly exceeded: (has: (question: Id, ...values: readonly string[]) => boolean) => boolean;
}

/** One entry per limit that the answers exceed. Beside a cluster, what does not fit here goes there. */
export function exceededLimits(
  { stack }: Pick<StarterInput, 'stack'>,
  pick: Id,
  limits: readonly Limit[],
): readonly MissingPart[] {
  if (pickOf(stack, 'platform') === 'both') return [];
  const has = (question: Id, ...values: readonly string[]) => {
    const answer = answerOf(stack, question);
    const given = Array.isArray(answer) ? (answer as readonly string[]) : [String(answer)];
    return given.some(value => values.includes(value));
  };
  return limits
    .filter(({ exceeded }) => exceeded(has))
    .map(({ name, fact, says }) => ({
      decision: 'serverless-service',
      pick,
      because: `Beyond the limit "${name}" (${fact}): ${says}`,
    }));
}
