/** Who may push whom off a full node. */

import type { IPriorityClass } from 'kubernetes-models/scheduling.k8s.io/v1';
import type { Component, Contribution, NamespaceSpec } from './contribution.ts';
import type { Foundation } from './foundation.ts';

export const PRIORITIES: Component = {
  id: 'priority-classes',
  decision: 'platform-defaults',
  layer: 'crds',
  says: 'Platform before business, business before the rest: what must run when nodes are few.',
  objects: {
    'priority-classes': [
      priority('platform-critical', 1_000_000, 'What other workloads depend on.'),
      priority('business-critical', 100_000, 'What customers notice within minutes.'),
      priority('can-wait', -100, 'Batch work that may be stopped for something else.'),
    ],
  },
};

function priority(name: string, value: number, description: string): IPriorityClass {
  return {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value,
    globalDefault: false,
    description,
  };
}

/** Marks namespaces whose charts ask for a priority that Kubernetes brings, where the provider lets nobody have it without a quota. */
export function withCriticalPods(
  { criticalPods }: Foundation,
  { namespaces, components }: Pick<Required<Contribution>, 'namespaces' | 'components'>,
): readonly NamespaceSpec[] {
  if (criticalPods !== 'by-quota') return namespaces;
  const asking = components
    .filter(({ chart }) => /"system-(?:cluster|node)-critical"/.test(JSON.stringify(chart?.values ?? {})))
    .map(({ chart }) => chart?.namespace);
  return namespaces.map(spec => (asking.includes(spec.name) ? { ...spec, criticalPods: 'allowed' } : spec));
}
