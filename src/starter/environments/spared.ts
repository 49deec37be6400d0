/** Which environments do without what production has: those before it, where cost is among what matters most. */
import type { Stack } from '../../engine/outcome.ts';
import { isNamed } from '../picks.ts';

interface Answered {
  readonly stack: Stack;
}

/** Production, or the one cluster that holds it beside all other environments. */
export function servesUsers(environment: string): boolean {
  return ['production', 'shared'].includes(environment);
}

/** Where cost is no driver, what is tried before production is tried on the same. A value for each environment says it, and takes it back. */
export function isSpared({ stack }: Answered, environment: string): boolean {
  return !servesUsers(environment) && isNamed(stack, 'drivers', 'cost');
}
