/** KEDA: reads how much work waits and tells the autoscaler, which only knows of processors by itself. */
import type { Contribution, HelmValues } from '../contribution.ts';
import type { ServiceAccount } from '../foundation.ts';
import type { ModuleInput } from '../module.ts';
import { credentials, scraped, toApiServer, webhook } from '../network/common-edges.ts';
import type { Edge, PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import type { WorkQueue } from '../work-queue.ts';

const NAME = 'keda';
const DECISION = 'platform-defaults';
const OPERATOR_ACCOUNT = 'keda-operator';
const EVERY_POD: PodPeer = { kind: 'pods', namespace: NAME };
const pods = (app: string): PodPeer => ({ ...EVERY_POD, labels: { app } });
const OPERATOR = pods('keda-operator');
const METRICS = pods('keda-operator-metrics-apiserver');
const WEBHOOKS = pods('keda-admission-webhooks');

/** Who reads the length of queues. */
export const SCALER: ServiceAccount = { namespace: NAME, name: OPERATOR_ACCOUNT };

export function keda(input: ModuleInput, queue: WorkQueue): Contribution {
  return {
    files: queue.files,
    namespaces: [platformNamespace(NAME, DECISION)],
    components: [
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-obs',
        says: 'Reads how much work waits, and may do nothing with it. Its certificates come from cert-manager, so that no release makes new ones.',
        chart: { release: NAME, namespace: NAME, crds: 'skip', values: values(input, queue) },
      },
    ],
    edges: [
      toApiServer(NAME, EVERY_POD),
      scraped(NAME, OPERATOR, 8080),
      webhook(NAME, WEBHOOKS, 9443),
      {
        name: 'metrics-from-api-server',
        owner: NAME,
        because: 'The autoscaler asks for the length of queues through the API server.',
        pods: METRICS,
        direction: 'ingress',
        peers: [{ kind: 'api-server' }],
        ports: [{ port: 6443 }],
      },
      ...BETWEEN,
      {
        name: 'to-queues',
        owner: NAME,
        because: 'Asks for the length of queues at the API of the cloud, whose addresses change.',
        pods: OPERATOR,
        direction: 'egress',
        peers: [{ kind: 'anywhere' }],
        ports: [{ port: 443 }],
      },
      ...credentials(NAME, OPERATOR, input.foundation.identityAgentPort),
    ],
    checks: [
      {
        decision: DECISION,
        says: 'What scales by a queue is ready to.',
        command: 'kubectl wait --for=condition=Ready scaledobjects --all --all-namespaces --timeout=5m',
        path: `platform/${NAME}/values.yaml`,
      },
    ],
  };
}

const BETWEEN: readonly Edge[] = [
  {
    name: 'lengths-from-operator',
    owner: NAME,
    because: 'The server of metrics asks the operator, which alone talks to queues.',
    pods: METRICS,
    direction: 'egress',
    peers: [OPERATOR],
    ports: [{ port: 9666 }],
  },
  {
    name: 'lengths-to-metrics',
    owner: NAME,
    because: 'The operator answers the server of metrics and nobody else.',
    pods: OPERATOR,
    direction: 'ingress',
    peers: [METRICS],
    ports: [{ port: 9666 }],
  },
];

function values({ foundation }: ModuleInput, { scaler }: WorkQueue): HelmValues {
  const resources = (memory: string) => ({
    requests: { cpu: '100m', memory: '128Mi' },
    limits: { cpu: '1', memory },
  });
  return {
    ...foundation.systemPool,
    priorityClassName: 'platform-critical',
    // The second operator waits until the first one is gone; the others share the work.
    operator: { replicaCount: 2 },
    metricsServer: { replicaCount: 2 },
    webhooks: { replicaCount: 2, failurePolicy: 'Ignore' },
    podDisruptionBudget: {
      operator: { maxUnavailable: 1 },
      metricServer: { maxUnavailable: 1 },
      webhooks: { maxUnavailable: 1 },
    },
    serviceAccount: { operator: { name: OPERATOR_ACCOUNT, annotations: scaler.annotations } },
    podLabels: { keda: scaler.podLabels },
    resources: {
      operator: resources('512Mi'),
      metricServer: resources('256Mi'),
      webhooks: resources('256Mi'),
    },
    // No namespace hands it a Secret: queues are read with an identity.
    permissions: { operator: { restrict: { secret: true } }, metricServer: { restrict: { secret: true } } },
    certificates: { certManager: { enabled: true, generateCA: true } },
    prometheus: { operator: { enabled: true, serviceMonitor: { enabled: true } } },
  };
}
