/** What each way to keep tenants apart needs to be generated. */
import type { Contribution } from '../contribution.ts';
import type { Choice, ModuleInput, NotGenerated } from '../module.ts';
import { pickOf } from '../picks.ts';
import { tenantNodePools } from './node-pool.ts';
import { sandbox } from './sandbox.ts';
import { teamNamespaces } from './team-namespaces.ts';
import { virtualClusters } from './virtual-cluster.ts';

export type TenantIsolationOption = 'namespace' | 'node-pool' | 'sandbox' | 'virtual-cluster' | 'cluster';

export const TENANT_ISOLATION = {
  namespace: teamNamespaces,
  'node-pool': tenantNodePools,
  sandbox,
  'virtual-cluster': virtualClusters,
  cluster: ({ stack }: ModuleInput): Contribution | NotGenerated =>
    pickOf(stack, 'topology') === 'cluster-per-tenant'
      ? {}
      : {
          notGenerated: 'The clusters follow another topology, so that tenants are apart by namespace alone.',
        },
} satisfies Record<TenantIsolationOption, Choice>;
