/** Nodes that the answers ask for and the infrastructure does not make. */
import type { MissingPart, ModuleInput } from './module.ts';
import { answerOf, pickOf } from './picks.ts';
import { windowsNodesOf } from './windows-page.ts';

export function missingNodes(input: ModuleInput): readonly MissingPart[] {
  const { stack, foundation } = input;
  if (answerOf(stack, 'windows') !== 'yes' || windowsNodesOf(input) !== null) return [];
  const { windows } = foundation;
  return [
    {
      decision: 'control-plane',
      pick: pickOf(stack, 'control-plane') ?? '',
      because: windows !== undefined && 'notMade' in windows ? windows.notMade : ON_OTHER_GROUND,
    },
  ];
}

const ON_OTHER_GROUND =
  'Hosts with Windows are not generated: here all hosts run Linux. Such a host needs an agent of the distribution that PowerShell installs, and Calico for the network service of Windows, of which nothing is written.';
