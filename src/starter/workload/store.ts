/** The sample StatefulSet: keeps data on a disk of its own, which outlives pod, claim and mistake. */
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { IStatefulSet } from 'kubernetes-models/apps/v1';
import type { IService } from 'kubernetes-models/v1';
import type { ModuleInput } from '../module.ts';
import { scraped } from '../network/common-edges.ts';
import type { Edge } from '../network/edge.ts';
import { serverObjective } from './objective.ts';
import {
  accountOf,
  apart,
  budgetOf,
  labelsOf,
  METRICS_PORT,
  metadataOf,
  NAMESPACE,
  PORT,
  podOf,
  podsOf,
  serverOf,
} from './sample.ts';
import { storeRunbook } from './store/runbook.ts';
import type { Sample } from './workloads.ts';

const NAME = 'demo-store';
const PODS = podsOf(NAME);

export function sampleStore(input: ModuleInput): Sample {
  const { rules, tests } = serverObjective(input, NAME, 'The sample store');
  return {
    app: {
      id: NAME,
      decision: 'platform-defaults',
      namespace: NAMESPACE,
      says: 'A store to copy: three pods with a name and a volume each, one per zone. Copying data between them is up to the program.',
      objects: {
        'stateful-set': [accountOf(NAME), statefulSet(input)],
        service: [SERVICE],
        disruption: [budgetOf(NAME)],
        monitor: [MONITOR],
      },
    },
    rules: { [NAME]: rules },
    tests,
    edges: [scraped(NAME, PODS, METRICS_PORT), ...BETWEEN],
    runbooks: [storeRunbook(input, NAME)],
    checks: [
      {
        decision: 'platform-defaults',
        says: 'Volumes of the sample store stay when it is deleted.',
        command: `grep -q 'whenDeleted: Retain' apps/base/${NAME}/stateful-set.yaml`,
        path: `apps/base/${NAME}/stateful-set.yaml`,
      },
    ],
  };
}

/** Pods find each other by the names of the headless Service. */
const BETWEEN: readonly Edge[] = (['ingress', 'egress'] as const).map(direction => ({
  name: direction === 'ingress' ? 'copies-from-each-other' : 'copies-to-each-other',
  owner: NAME,
  because: 'The pods of the store talk to each other.',
  pods: PODS,
  direction,
  peers: [PODS],
  ports: [{ port: PORT }],
}));

function statefulSet(input: ModuleInput): IStatefulSet {
  const server = serverOf(input, 'store');
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadataOf(NAME),
    spec: {
      serviceName: NAME,
      replicas: 3,
      revisionHistoryLimit: 5,
      minReadySeconds: 10,
      podManagementPolicy: 'Parallel',
      updateStrategy: { type: 'RollingUpdate' },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      selector: { matchLabels: { ...labelsOf(NAME) } },
      template: {
        metadata: { labels: { ...labelsOf(NAME) } },
        spec: {
          ...podOf(input, NAME),
          terminationGracePeriodSeconds: 60,
          priorityClassName: 'business-critical',
          ...apart(NAME, { pods: 3, byRevision: 'no' }),
          containers: [server],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data', labels: { ...labelsOf(NAME), backup: 'nightly' } },
          spec: {
            // One pod, not one node: two pods never write at the same time.
            accessModes: ['ReadWriteOncePod'],
            storageClassName: input.foundation.workloadStorageClass ?? input.foundation.storageClass,
            resources: { requests: { storage: '10Gi' } },
          },
        },
      ],
    },
  };
}

/** Headless: every pod has a name of its own, and keeps it while it is not ready. */
const SERVICE: IService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadataOf(NAME),
  spec: {
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    selector: { ...labelsOf(NAME) },
    ports: [
      { name: 'http', port: PORT, targetPort: 'http' },
      { name: 'http-metrics', port: METRICS_PORT, targetPort: 'http-metrics' },
    ],
  },
};

const MONITOR: IServiceMonitor = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata: metadataOf(NAME),
  spec: {
    selector: { matchLabels: { ...labelsOf(NAME) } },
    endpoints: [{ port: 'http-metrics', interval: '30s' }],
  },
};
