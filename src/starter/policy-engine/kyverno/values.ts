/** Values of the chart of Kyverno. */
import type { HelmValues } from '../../contribution.ts';
import type { Foundation, Grant } from '../../foundation.ts';

interface Judge {
  readonly account: string;
  readonly grant: Grant | null;
}

export function kyvernoValues({ systemPool }: Foundation, { account, grant }: Judge): HelmValues {
  const controller = (replicas: number) => ({
    replicas,
    ...systemPool,
    priorityClassName: 'platform-critical',
    podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
    serviceMonitor: { enabled: true },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'kyverno' } },
      },
    ],
  });
  const size = { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } };
  return {
    // Images are pinned by whoever publishes them; a registry put in front would hide where they come from.
    config: { enableDefaultRegistryMutation: false, excludeKyvernoNamespace: true },
    features: { policyExceptions: { enabled: false } },
    admissionController: {
      ...controller(3),
      ...(grant === null
        ? {}
        : {
            rbac: { serviceAccount: { name: account, annotations: grant.annotations } },
            podLabels: grant.podLabels,
          }),
      container: { resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } } },
    },
    backgroundController: { ...controller(1), resources: size },
    cleanupController: { ...controller(1), resources: size },
    reportsController: { ...controller(1), resources: size },
    webhooksCleanup: { enabled: true, ...systemPool },
  };
}
