/** The device plugin of NVIDIA: says which nodes have how many GPUs, where the provider does not bring it. */
import type { Contribution } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';

const NAME = 'nvidia-device-plugin';

export function devicePlugin({ foundation }: ModuleInput): Contribution {
  const terms = Object.entries(foundation.gpu?.nodeSelector ?? {}).map(([key, value]) => ({
    key,
    operator: 'In',
    values: [value],
  }));
  return {
    namespaces: [
      {
        name: NAME,
        decision: 'platform-defaults',
        podSecurity: 'privileged',
        because:
          'The device plugin talks to the kubelet by a socket in a folder of the node; nothing else may be put here.',
        owner: 'platform',
        quota: null,
      },
    ],
    components: [
      {
        id: NAME,
        decision: 'platform-defaults',
        layer: 'platform-core',
        says: 'Tells the scheduler of GPUs, on the nodes that have one. Drivers come with the image of these nodes.',
        chart: {
          release: NAME,
          namespace: NAME,
          crds: 'skip',
          values: {
            affinity: {
              nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: {
                  nodeSelectorTerms: [{ matchExpressions: terms }],
                },
              },
            },
            tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
            priorityClassName: 'system-node-critical',
            resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } },
          },
        },
      },
    ],
  };
}
