/** What gateways and those who call them need of the network, whichever mesh they are of. */
import type { ModuleInput } from '../../module.ts';
import type { Peer } from '../../network/edge.ts';
import { pickOf } from '../../picks.ts';
import { CROSSING } from '../istio/names.ts';
import { ADMIN, INBOUND } from '../linkerd/names.ts';
import { joinedClusters, wayBetween } from './way.ts';

/** Gateways and APIs of the other clusters, as far as addresses say it. */
export function elsewhere(input: ModuleInput): readonly Peer[] {
  return wayBetween(input) === 'internet'
    ? [{ kind: 'anywhere' }]
    : joinedClusters(input).map(({ vpcCidr }): Peer => ({ kind: 'range', cidr: vpcCidr }));
}

/** What the gateway of the mesh takes calls of other clusters at. */
export function gatewayPorts({ stack }: Pick<ModuleInput, 'stack'>): readonly number[] {
  return pickOf(stack, 'mesh') === 'linkerd' ? [INBOUND, ADMIN] : [CROSSING];
}

/** Where the API of another cluster answers: balancers of one's own do it at its own port. */
export function apiPort({ stack }: ModuleInput): number {
  return pickOf(stack, 'control-plane') === 'self-managed' ? 6443 : 443;
}
