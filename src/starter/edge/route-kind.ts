/** Which API the routes of a stack are written in. */
import type { StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';

export function hasIngress({ stack }: Pick<StarterInput, 'stack'>): boolean {
  return pickOf(stack, 'edge')?.startsWith('ingress-') === true;
}
