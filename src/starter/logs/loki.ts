/** Loki: logs of every pod and the events of Kubernetes, kept in a bucket and read in Grafana. */

import type { Contribution } from '../contribution.ts';
import { dataSource, fromGrafana, hasGrafana } from '../metrics/data-source.ts';
import type { ModuleInput } from '../module.ts';
import { credentials, PROMETHEUS, scraped, toApiServer } from '../network/common-edges.ts';
import type { Edge, PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { collectorValues } from './loki/collector.ts';
import { keptDays, logStore, lokiValues } from './loki/values.ts';

const DECISION = 'logs';
const NAMESPACE = 'logging';
const LOKI: PodPeer = { kind: 'pods', namespace: NAMESPACE, labels: { 'app.kubernetes.io/name': 'loki' } };
const COLLECTOR: PodPeer = {
  kind: 'pods',
  namespace: NAMESPACE,
  labels: { 'app.kubernetes.io/name': 'alloy' },
};
const PORT = 3100;

export function loki(input: ModuleInput): Contribution {
  const { foundation } = input;
  const days = keptDays(input);
  const store = logStore(input);
  const grant = foundation.rights.objectStore(DECISION, { namespace: NAMESPACE, name: 'loki' }, store);
  return {
    files: grant.files,
    namespaces: [platformNamespace(NAMESPACE, DECISION)],
    components: [
      {
        id: 'loki',
        decision: DECISION,
        layer: 'platform-obs',
        says: `Three copies that each do everything; logs lie in a bucket for ${days} days.`,
        chart: {
          release: 'loki',
          namespace: NAMESPACE,
          crds: 'skip',
          values: lokiValues(foundation, grant, days),
        },
      },
      {
        id: 'alloy',
        decision: DECISION,
        layer: 'platform-obs',
        says: 'Reads logs and events through the API, so that nothing has to mount a disk of its node.',
        chart: { release: 'alloy', namespace: NAMESPACE, crds: 'skip', values: collectorValues(foundation) },
      },
    ],
    config: [
      ...dataSource(input, DECISION, { id: 'loki', type: 'loki', url: `http://loki.${NAMESPACE}:${PORT}` }),
    ],
    edges: [...edges(foundation.identityAgentPort), ...fromGrafana(input, 'loki', LOKI, PORT)],
    runbooks: [runbook(input)],
    checks: [
      {
        decision: DECISION,
        says: 'Loki runs three times, and the collector hands logs to it.',
        command: `kubectl -n ${NAMESPACE} rollout status statefulset/loki deployment/alloy --timeout=10m`,
        path: 'platform/loki/values.yaml',
      },
    ],
  };
}

function edges(identityAgentPort: number | null): readonly Edge[] {
  return [
    {
      name: 'logs-from-collector',
      owner: 'loki',
      because: 'The collector hands over what it has read.',
      pods: LOKI,
      direction: 'ingress',
      peers: [COLLECTOR],
      ports: [{ port: PORT }],
    },
    ...(['ingress', 'egress'] as const).map(
      (direction): Edge => ({
        name: direction === 'ingress' ? 'between-copies' : 'to-other-copies',
        owner: 'loki',
        because: 'The copies find each other and share what they hold.',
        pods: LOKI,
        direction,
        peers: [LOKI],
        ports: [{ port: PORT }, { port: 7946 }, { port: 9095 }],
      }),
    ),
    {
      name: 'to-bucket',
      owner: 'loki',
      because: 'Logs lie in a bucket, whose addresses change.',
      pods: LOKI,
      direction: 'egress',
      peers: [{ kind: 'anywhere' }],
      ports: [{ port: 443 }],
    },
    {
      name: 'metrics-of-loki',
      owner: 'loki',
      because: 'Prometheus scrapes these pods.',
      pods: LOKI,
      direction: 'ingress',
      peers: [PROMETHEUS],
      ports: [{ port: PORT }],
    },
    ...credentials('loki', LOKI, identityAgentPort),
    // Also the container beside Loki that watches for rules.
    { ...toApiServer('loki', LOKI), name: 'loki-to-api-server' },
    toApiServer('alloy', COLLECTOR),
    scraped('alloy', COLLECTOR, 12345, 'metrics-of-collector'),
    {
      name: 'logs-to-loki',
      owner: 'alloy',
      because: 'The collector hands over what it has read.',
      pods: COLLECTOR,
      direction: 'egress',
      peers: [LOKI],
      ports: [{ port: PORT }],
    },
    ...(['ingress', 'egress'] as const).map(
      (direction): Edge => ({
        name: direction === 'ingress' ? 'shares-from-collectors' : 'shares-to-collectors',
        owner: 'alloy',
        because: 'The collectors agree on who reads which pod.',
        pods: COLLECTOR,
        direction,
        peers: [COLLECTOR],
        ports: [{ port: 12345 }],
      }),
    ),
  ];
}

const runbook = (input: ModuleInput) => ({
  id: 'logs-missing',
  title: 'Logs are missing',
  text: `1. Are they missing for one pod or for all: ${hasGrafana(input) ? 'in Grafana' : WITHOUT_GRAFANA}, \`{namespace="NAMESPACE"}\` against \`{job="kubernetes-events"}\`.
2. For all: \`kubectl -n ${NAMESPACE} logs -l app.kubernetes.io/name=alloy --tail=50\`. Refused writes name the limit that is reached;
   it stands in \`platform/loki/values.yaml\` under \`limits_config\`.
3. Loki cannot write: \`kubectl -n ${NAMESPACE} logs -l app.kubernetes.io/name=loki --tail=50\`. *AccessDenied* means that its role and
   its bucket do not agree: \`infra\` and \`clusters/NAME/variables/cluster-vars.yaml\` must name the same one.
4. For one pod: the collector reads through the API server what the kubelet still has. A pod that writes faster than the kubelet rotates
   loses lines; write less, or structured.

Logs are personal data sooner than one thinks. What must not be kept is dropped in \`platform/alloy/values.yaml\`, before it is stored.
`,
});

/** Queries are asked by a program where nothing shows them. */
const WITHOUT_GRAFANA = `by \`logcli --addr http://localhost:${PORT} query\` while \`kubectl -n ${NAMESPACE} port-forward service/loki ${PORT}\` runs`;
