/** Pools that AKS Automatic makes nodes by: its own for everybody, and one for each tenant that is to have nodes of its own. */
import type { INodePool } from '@kubernetes-models/karpenter/karpenter.sh/v1';
import { poolOfTenant } from '../../autoscaling/tenant-pool.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { ConfigFolder } from '../../contribution.ts';
import { answerOf } from '../../picks.ts';
import { tenantsWithNodes } from '../../tenant-isolation/spaces.ts';

export function tenantPoolsOfAutomatic(input: ClusterInput): readonly ConfigFolder[] {
  const tenants = tenantsWithNodes(input);
  if (tenants.length === 0) return [];
  return [
    {
      id: 'tenant-node-pools',
      decision: 'tenant-isolation',
      says: 'Machines of each tenant, as many as its pods ask for and never more than the limit. Azure makes, patches and replaces them, as it does with those of its own pools.',
      objects: { pools: tenants.map(tenant => poolOfTenant(likeDefault(input), tenant)) },
    },
  ];
}

/** The machines of Azure's own pool `default`. */
function likeDefault({ stack }: ClusterInput): INodePool {
  const architecture = answerOf(stack, 'architecture') === 'arm64' ? 'arm64' : 'amd64';
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name: 'default' },
    spec: {
      disruption: {
        consolidationPolicy: 'WhenEmptyOrUnderutilized',
        consolidateAfter: '5m',
        budgets: [{ nodes: '10%' }],
      },
      template: {
        spec: {
          nodeClassRef: { group: 'karpenter.azure.com', kind: 'AKSNodeClass', name: 'default' },
          expireAfter: '720h',
          terminationGracePeriod: '1h',
          requirements: [
            { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
            { key: 'kubernetes.io/arch', operator: 'In', values: [architecture] },
            { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
            { key: 'karpenter.azure.com/sku-family', operator: 'In', values: ['D'] },
            { key: 'karpenter.azure.com/sku-cpu', operator: 'In', values: ['4', '8', '16'] },
          ],
        },
      },
    },
  };
}
