/** Values of vcluster: the open source build, without root, three of everything. */
import type { HelmValues } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';

const USER = { runAsUser: 12345, runAsGroup: 12345 } as const;
const POD = {
  ...USER,
  runAsNonRoot: true,
  fsGroup: 12345,
  seccompProfile: { type: 'RuntimeDefault' },
} as const;
const CONTAINER = {
  ...USER,
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
} as const;

const spread = (labels: Readonly<Record<string, string>>) => [
  {
    maxSkew: 1,
    topologyKey: 'topology.kubernetes.io/zone',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: labels },
  },
];

export function virtualClusterValues({ foundation }: ModuleInput, release: string): HelmValues {
  const { nodeSelector, tolerations } = foundation.systemPool;
  return {
    controlPlane: {
      // The default image carries modules under another licence, switched off; this one carries none.
      statefulSet: {
        image: { repository: 'loft-sh/vcluster-oss' },
        highAvailability: { replicas: 3 },
        resources: {
          requests: { cpu: '100m', memory: '384Mi', 'ephemeral-storage': '256Mi' },
          limits: { memory: '1Gi', 'ephemeral-storage': '1Gi' },
        },
        security: { podSecurityContext: POD, containerSecurityContext: CONTAINER },
        scheduling: {
          nodeSelector,
          tolerations,
          priorityClassName: 'platform-critical',
          topologySpreadConstraints: spread({ app: 'vcluster', release }),
        },
      },
      distro: {
        k8s: {
          enabled: true,
          securityContext: CONTAINER,
          resources: {
            requests: { cpu: '50m', memory: '64Mi' },
            limits: { memory: '256Mi' },
          },
        },
      },
      backingStore: {
        etcd: {
          deploy: {
            enabled: true,
            statefulSet: {
              highAvailability: { replicas: 3 },
              resources: {
                requests: { cpu: '50m', memory: '192Mi' },
                limits: { memory: '512Mi' },
              },
              security: { podSecurityContext: POD, containerSecurityContext: CONTAINER },
              scheduling: {
                nodeSelector,
                tolerations,
                priorityClassName: 'platform-critical',
                topologySpreadConstraints: spread({ app: 'vcluster-etcd', release }),
              },
              persistence: {
                volumeClaim: {
                  storageClass: foundation.storageClass,
                  size: '8Gi',
                  retentionPolicy: 'Retain',
                },
              },
            },
          },
        },
      },
      coredns: {
        deployment: {
          replicas: 2,
          image: 'registry.k8s.io/coredns/coredns:v1.12.1',
          resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '170Mi' } },
        },
        security: {
          podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          // Its file carries this right, and without it does not start at all.
          containerSecurityContext: {
            ...CONTAINER,
            capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
            readOnlyRootFilesystem: true,
          },
        },
      },
      advanced: { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } },
    },
    sync: {
      toHost: {
        // It would start a container as root in every pod of a StatefulSet, which the namespace refuses.
        pods: { rewriteHosts: { enabled: false } },
        serviceAccounts: { enabled: false },
        // What may be reached is said outside, by the platform.
        networkPolicies: { enabled: false },
        ingresses: { enabled: false },
      },
      fromHost: { nodes: { enabled: false } },
    },
    // Quota, limits and policies of the namespace hold already, for everything that runs in it.
    policies: {
      resourceQuota: { enabled: false },
      limitRange: { enabled: false },
      networkPolicy: { enabled: false },
    },
    telemetry: { enabled: false },
  };
}
