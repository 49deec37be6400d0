/** Nodes that the answers ask for and the infrastructure does not make. */

import { windowsOnHosts } from './control-plane/self-managed/windows/hosts.ts';
import type { MissingPart, ModuleInput } from './module.ts';
import { answerOf, pickOf } from './picks.ts';
import { windowsNodesOf } from './windows-page.ts';

export function missingNodes(input: ModuleInput): readonly MissingPart[] {
  const { stack, foundation } = input;
  if (answerOf(stack, 'windows') !== 'yes' || windowsNodesOf(input) !== null) return [];
  const windows = foundation.windows ?? windowsOnHosts(input);
  return [
    {
      decision: 'control-plane',
      pick: pickOf(stack, 'control-plane') ?? '',
      because: windows !== null && 'notMade' in windows ? windows.notMade : ON_OTHER_GROUND,
    },
  ];
}

const ON_OTHER_GROUND =
  'Nodes with Windows are not generated on this control plane: here all nodes run Linux.';
