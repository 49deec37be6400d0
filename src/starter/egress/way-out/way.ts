/** By which way the traffic of a stack leaves. */
import type { StarterInput } from '../../part.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { isClosedInCloud } from '../no-egress/closed.ts';

/** Through NAT, by a route to the firewall of the house, to its proxy alone, or not at all. */
export type Way = 'nat' | 'firewall' | 'proxy' | 'none';

/** Where nodes can be told of a proxy. */
function takesProxy({ stack }: Pick<StarterInput, 'stack'>): boolean {
  const cloud = answerOf(stack, 'cloud');
  if (pickOf(stack, 'distribution') === 'openshift') return true;
  // AKS tells no cluster of a proxy that has nodes with Windows.
  if (cloud === 'azure')
    return pickOf(stack, 'control-plane') === 'managed' && answerOf(stack, 'windows') !== 'yes';
  // Machines of Google that run Windows are activated by a server that no proxy leads to.
  if (cloud === 'gcp')
    return pickOf(stack, 'control-plane') === 'self-managed' && answerOf(stack, 'windows') !== 'yes';
  return cloud === 'on-prem' || (cloud === 'aws' && pickOf(stack, 'control-plane') !== 'managed-auto');
}

export function wayOut(input: Pick<StarterInput, 'stack'>): Way {
  const { stack } = input;
  const pick = pickOf(stack, 'egress');
  if (isClosedInCloud(input)) return 'none';
  if (pick === 'central-firewall') return 'firewall';
  return pick === 'proxy' && takesProxy(input) ? 'proxy' : 'nat';
}
