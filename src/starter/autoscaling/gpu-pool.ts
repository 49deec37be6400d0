/** A pool of Karpenter, or of what a provider makes of it, whose machines have a GPU. */
import type { INodePool } from '@kubernetes-models/karpenter/karpenter.sh/v1';

/** `like`: the pool of ordinary work. `vendor`: how its labels of machines begin. */
export function poolWithGpus(like: INodePool, vendor: string): INodePool {
  const { template } = like.spec;
  const kept = template.spec.requirements.filter(({ key }) => !key.startsWith(`${vendor}/instance-`));
  return {
    ...like,
    metadata: { name: 'gpu' },
    spec: {
      ...like.spec,
      limits: { cpu: '48', memory: '192Gi', 'nvidia.com/gpu': '4' },
      template: {
        ...template,
        metadata: { labels: { 'node-pool': 'gpu' } },
        spec: {
          ...template.spec,
          taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }],
          requirements: [
            ...kept.filter(({ key }) => key !== 'kubernetes.io/arch'),
            { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
            { key: `${vendor}/instance-gpu-manufacturer`, operator: 'In', values: ['nvidia'] },
            { key: `${vendor}/instance-category`, operator: 'In', values: ['g'] },
          ],
        },
      },
    },
  };
}
