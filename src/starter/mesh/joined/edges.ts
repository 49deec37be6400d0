/** What gateways and those who call them need of the network, whichever mesh they are of. */
import type { ModuleInput } from '../../module.ts';
import type { Peer } from '../../network/edge.ts';
import { pickOf } from '../../picks.ts';
import { joinedClusters, wayBetween } from './way.ts';

/** Gateways and APIs of the other clusters, as far as addresses say it. */
export function elsewhere(input: ModuleInput): readonly Peer[] {
  return wayBetween(input) === 'internet'
    ? [{ kind: 'anywhere' }]
    : joinedClusters(input).map(({ vpcCidr }): Peer => ({ kind: 'range', cidr: vpcCidr }));
}

/** Where the API of another cluster answers: balancers of one's own do it at its own port. */
export function apiPort({ stack }: ModuleInput): number {
  return pickOf(stack, 'control-plane') === 'self-managed' ? 6443 : 443;
}
