/** Whether anything reads monitors and judges rules: without it there is no namespace for them either. */
import type { ModuleInput } from '../module.ts';
import { pickOf } from '../picks.ts';

export function isObserved({ stack, foundation: { services = {} } }: ModuleInput): boolean {
  const pick = pickOf(stack, 'metrics');
  if (pick !== 'managed-metrics') return pick !== null;
  return services.metrics !== undefined || services.collection !== undefined;
}
