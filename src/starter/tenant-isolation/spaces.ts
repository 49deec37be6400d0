/** Who shares a cluster, and the namespaces that are theirs. */
import type { ClusterInput } from '../cluster-input.ts';
import type { NamespaceSpec } from '../contribution.ts';
import type { StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';
import { environmentsOf, teamsOf } from '../topology/clusters.ts';

/** Label of a namespace, and of what belongs to it, that says whose it is. */
export const TEAM = 'platform/team';
/** Label and taint of nodes that take the pods of one tenant alone. */
export const TENANT = 'platform/tenant';

export interface Space {
  readonly name: string;
  readonly team: string;
  readonly isProduction: boolean;
}

/** In a shared cluster a namespace for each environment as well; one environment needs no word of its own in the name. */
export function spacesOf(input: ClusterInput): readonly Space[] {
  const shared = pickOf(input.stack, 'topology') === 'shared-cluster';
  const environments = shared ? environmentsOf(input) : ['production'];
  return teamsOf(input).flatMap(team =>
    environments.map(environment => ({
      name: `team-${team}${environments.length > 1 ? `-${environment}` : ''}`,
      team,
      isProduction: environment === 'production',
    })),
  );
}

/** Whose namespaces lie in a cluster that others use as well; none where a cluster of one's own is the border. */
export function teamsSharing(input: StarterInput): readonly string[] {
  const topology = pickOf(input.stack, 'topology');
  const isolation = pickOf(input.stack, 'tenant-isolation') ?? '';
  const apart = ['node-pool', 'virtual-cluster'].includes(isolation) && topology !== 'cluster-per-tenant';
  return topology === 'shared-cluster' || apart || isolation === 'sandbox' ? teamsOf(input) : [];
}

/** In a virtual cluster its tenant delivers, and not the platform. */
export function deliversItself({ stack }: StarterInput): boolean {
  return pickOf(stack, 'tenant-isolation') === 'virtual-cluster';
}

export function namespaceOf({ name, team, isProduction }: Space): NamespaceSpec {
  return {
    name,
    decision: 'tenant-isolation',
    podSecurity: 'restricted',
    because: '',
    owner: team,
    labels: { [TEAM]: team },
    quota: isProduction ? { cpu: '8', memory: '16Gi', pods: 60 } : { cpu: '2', memory: '4Gi', pods: 30 },
  };
}

/** Who gets nodes of their own, where that is what keeps tenants apart. */
export function tenantsWithNodes(input: StarterInput): readonly string[] {
  const { stack } = input;
  // In a cluster of one's own every node is one's own.
  const shared = pickOf(stack, 'topology') !== 'cluster-per-tenant';
  return shared && pickOf(stack, 'tenant-isolation') === 'node-pool' ? teamsOf(input) : [];
}
