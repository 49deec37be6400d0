/** Namespaces of what measures. */
import type { NamespaceSpec } from '../contribution.ts';
import type { Foundation } from '../foundation.ts';
export const MONITORING = 'monitoring';

/** Reads the node's own files, so it cannot be restricted; nothing else lives there. */
export const NODE_AGENTS = 'node-agents';

/** Where node-exporter runs; none where pods may not be let at their node. */
export function nodeAgents({ hostAccess }: Foundation): readonly NamespaceSpec[] {
  if (hostAccess === 'refused') return [];
  return [
    {
      name: NODE_AGENTS,
      decision: 'metrics',
      podSecurity: 'privileged',
      because: 'node-exporter reads files of its node and shares its network; nothing else may be put here.',
      owner: 'platform',
      quota: null,
    },
  ];
}
