/** Nodes that the answers ask for and the infrastructure does not make. */
import type { MissingPart, ModuleInput } from './module.ts';
import { answerOf, pickOf } from './picks.ts';

export function missingNodes({ stack, foundation }: ModuleInput): readonly MissingPart[] {
  if (answerOf(stack, 'windows') !== 'yes' || foundation.windows === 'made') return [];
  return [
    {
      decision: 'control-plane',
      pick: pickOf(stack, 'control-plane') ?? '',
      because:
        'Nodes with Windows are generated for AKS alone, which takes them as one more pool: here all nodes run Linux. Elsewhere the network plugin, the agents of every node and the policies of pods have to be told of Windows as well, and nothing of that is written.',
    },
  ];
}
