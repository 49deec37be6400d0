/** By which way the traffic of a stack leaves. */
import type { StarterInput } from '../../part.ts';
import { answerOf, pickOf } from '../../picks.ts';

/** Through NAT, by a route to the firewall of the house, to its proxy alone, or not at all. */
export type Way = 'nat' | 'firewall' | 'proxy' | 'none';

const WAYS: Readonly<Record<string, Way>> = {
  'central-firewall': 'firewall',
};

export function wayOut({ stack }: Pick<StarterInput, 'stack'>): Way {
  // Machines of a cloud with a control plane of one's own leave through NAT, whatever was picked: the README says so.
  if (pickOf(stack, 'control-plane') === 'self-managed' && answerOf(stack, 'cloud') !== 'on-prem')
    return 'nat';
  return WAYS[pickOf(stack, 'egress') ?? ''] ?? 'nat';
}
