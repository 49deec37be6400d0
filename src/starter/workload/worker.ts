/** The sample worker: takes its work from a queue, and there are as many of it as work waits. */
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { ModuleInput } from '../module.ts';
import { credentials, scraped } from '../network/common-edges.ts';
import type { Edge } from '../network/edge.ts';
import { answerOf } from '../picks.ts';
import type { WorkQueue } from '../work-queue.ts';
import { alertRules, alertTests } from './alerts.ts';
import { keda, SCALER } from './keda.ts';
import {
  accountOf,
  apart,
  budgetOf,
  labelsOf,
  METRICS_PORT,
  metadataOf,
  NAMESPACE,
  podOf,
  podsOf,
  SCRATCH,
  serverOf,
} from './sample.ts';
import { workerAlerts, workerRunbook } from './worker/alerts.ts';
import { byProcessor, byQueue } from './worker/scaling.ts';
import type { Sample } from './workloads.ts';

const NAME = 'demo-worker';
const PODS = podsOf(NAME);

export function sampleWorker(input: ModuleInput): Sample {
  const queue = input.foundation.rights.workQueue?.({ namespace: NAMESPACE, name: NAME }, SCALER) ?? null;
  const alerts = workerAlerts(NAME, queue);
  const least = answerOf(input.stack, 'traffic') === 'idle-mostly' ? 0 : 2;
  return {
    app: {
      id: NAME,
      decision: 'platform-defaults',
      namespace: NAMESPACE,
      says:
        queue === null
          ? 'A worker to copy: nobody calls it. It scales on processor time until it is told of a queue.'
          : 'A worker to copy: nobody calls it, it takes its work from a queue, and what waits there says how many of it run.',
      objects: {
        deployment: [accountOf(NAME, queue?.worker.annotations), deployment(input, queue)],
        scaling: [...(queue === null ? [byProcessor(NAME)] : byQueue(NAME, queue, least)), budgetOf(NAME)],
        monitor: [MONITOR],
      },
    },
    rules: { [NAME]: alertRules(input, NAME, alerts) },
    tests: alertTests(input, NAME, alerts),
    edges: [
      scraped(NAME, PODS, METRICS_PORT),
      ...(queue === null ? [] : [TO_QUEUE, ...credentials(NAME, PODS, input.foundation.identityAgentPort)]),
    ],
    runbooks: [workerRunbook(NAME, queue)],
    ...(queue === null ? {} : { beside: keda(input, queue) }),
  };
}

const TO_QUEUE: Edge = {
  name: 'to-queue',
  owner: NAME,
  because: 'Takes work from its queue through the API of the cloud, whose addresses change.',
  pods: PODS,
  direction: 'egress',
  peers: [{ kind: 'anywhere' }],
  ports: [{ port: 443 }],
};

function deployment(input: ModuleInput, queue: WorkQueue | null): IDeployment {
  const environment = Object.entries(queue?.environment ?? {}).map(([name, value]) => ({ name, value }));
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      ...metadataOf(NAME),
      // Its number comes from the scaler, whose kind the linter does not know.
      ...(queue === null ? {} : { annotations: { 'kube-score/ignore': 'deployment-replicas' } }),
    },
    spec: {
      revisionHistoryLimit: 5,
      minReadySeconds: 10,
      progressDeadlineSeconds: 300,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 1 } },
      selector: { matchLabels: { ...labelsOf(NAME) } },
      template: {
        metadata: { labels: { ...labelsOf(NAME), ...queue?.worker.podLabels } },
        spec: {
          ...podOf(input, NAME),
          // As long as one message takes: it is told to stop, finishes what it holds and takes no more.
          terminationGracePeriodSeconds: 120,
          priorityClassName: 'business-critical',
          ...apart(NAME, { pods: 2, byRevision: 'yes' }),
          containers: [
            { ...serverOf(input, 'worker'), ...(environment.length === 0 ? {} : { env: environment }) },
          ],
          volumes: [SCRATCH],
        },
      },
    },
  };
}

/** No Service: nobody calls it but Prometheus. */
const MONITOR: IPodMonitor = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: metadataOf(NAME),
  spec: {
    selector: { matchLabels: { ...labelsOf(NAME) } },
    podMetricsEndpoints: [{ port: 'http-metrics', interval: '30s' }],
  },
};
