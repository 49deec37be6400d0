/** Which sample workloads a stack shows. */
import type { ModuleInput } from '../module.ts';
import { isNamed, pickOf } from '../picks.ts';
import { windowsNodesOf } from '../windows-page.ts';

const KINDS = ['web', 'worker', 'stateful', 'batch', 'agent', 'gpu', 'windows'] as const;
export type Kind = (typeof KINDS)[number];

/** Kinds that the answers name; a web workload where they name none that can be shown. One of them is enough to begin with. */
export function kindsOf(input: ModuleInput): readonly Kind[] {
  const { stack, profile, foundation } = input;
  const named = (kind: string) => isNamed(stack, 'workload-kinds', kind);
  // Where regions share requests, it answers for its region as well.
  const answers = pickOf(stack, 'recovery') === 'active-active' && pickOf(stack, 'edge') !== null;
  const kinds = KINDS.filter(kind =>
    kind === 'gpu'
      ? named(kind) && foundation.gpu !== undefined
      : named(kind) || (kind === 'web' && (named('api') || answers)),
  );
  const shown: readonly Kind[] = [
    ...(kinds.length === 0 ? (['web'] as const) : kinds),
    ...(windowsNodesOf(input) === null ? [] : (['windows'] as const)),
  ];
  return profile === 'minimal' ? shown.slice(0, 1) : shown;
}

/** Whether one of them answers requests. */
export function answersRequests(input: ModuleInput): boolean {
  return kindsOf(input).includes('web');
}
