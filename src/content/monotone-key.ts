/** Names a monotone claim among those of its decision. */
import type { Decision } from './catalogue.ts';

export function monotoneKey({ whenRises, from, to }: Omit<Decision['monotone'][number], 'because'>): string {
  return `${whenRises}/${from.join('+')}/${to.join('+')}`;
}
