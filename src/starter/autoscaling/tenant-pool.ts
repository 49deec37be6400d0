/** A pool of Karpenter, or of what a provider makes of it, that takes the pods of one tenant alone. */
import type { INodePool } from '@kubernetes-models/karpenter/karpenter.sh/v1';
import { TENANT } from '../tenant-isolation/spaces.ts';

/** `like`: the pool of everybody else, whose machines are the same. */
export function poolOfTenant(like: INodePool, tenant: string): INodePool {
  const { template } = like.spec;
  return {
    ...like,
    metadata: { name: `tenant-${tenant}` },
    spec: {
      ...like.spec,
      limits: { cpu: '48', memory: '192Gi' },
      template: {
        ...template,
        metadata: { labels: { 'node-pool': 'tenant', [TENANT]: tenant } },
        spec: { ...template.spec, taints: [{ key: TENANT, value: tenant, effect: 'NoSchedule' }] },
      },
    },
  };
}
