/** Nodes that the answers ask for and the infrastructure does not make, and hosts that it needs and the answers do not have. */

import { windowsOnHosts } from './control-plane/self-managed/windows/hosts.ts';
import type { MissingPart, ModuleInput } from './module.ts';
import { answerOf, numberAnswer, pickOf } from './picks.ts';
import { windowsNodesOf } from './windows-page.ts';

/** A quorum of etcd, and as many copies of what runs there. */
const LEAST_HOSTS = 3;

export function missingNodes(input: ModuleInput): readonly MissingPart[] {
  return [...withoutWindows(input), ...tooFewHosts(input)];
}

function withoutWindows(input: ModuleInput): readonly MissingPart[] {
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

function tooFewHosts({ stack }: ModuleInput): readonly MissingPart[] {
  const hosts = numberAnswer(stack, 'hosts', LEAST_HOSTS);
  const pick = pickOf(stack, 'distribution');
  if (pick === null || answerOf(stack, 'cloud') !== 'on-prem' || hosts >= LEAST_HOSTS) return [];
  return [
    {
      decision: 'distribution',
      pick,
      because: `The answers have ${hosts === 1 ? 'one host' : 'two hosts'}, and what is written needs three: etcd goes on after the loss of one of three and of none of two, and each part of the platform has a copy on another host. ${hosts === 1 ? 'Get two more of the same size' : 'Get one more of the same size'} before you fill in the inventory. Where there will never be three, nothing here fits: containers on that host by themselves ask for less than a cluster that stops with it.`,
    },
  ];
}
