/** kube-prometheus-stack: Prometheus, Alertmanager and Grafana, restricted except for what reads the node itself. */

import type { Contribution } from '../contribution.ts';
import { distributionOf } from '../control-plane/self-managed/distributions.ts';
import type { Foundation } from '../foundation.ts';
import type { ModuleInput } from '../module.ts';
import { scraped, toApiServer, webhook } from '../network/common-edges.ts';
import { CLUSTER_RESOLVER, type Edge, type PodPeer, type Port } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { release } from '../release.ts';
import { alertRouting } from './alert-routing.ts';
import { defaultAlertsPage, defaultAlertValues } from './default-alerts.ts';
import { metricsValues } from './kube-prometheus-stack/values.ts';
import { MONITORING, nodeAgents } from './namespaces.ts';
import { SCRAPE_PODS, scrapeNodes } from './scraping.ts';

const NAME = 'kube-prometheus-stack';
const DECISION = 'metrics';

export function kubePrometheusStack(input: ModuleInput): Contribution {
  const routing = alertRouting(input);
  return {
    namespaces: [platformNamespace(MONITORING, DECISION), ...nodeAgents(input.foundation)],
    components: [
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-obs',
        says: 'Metrics, alerts and dashboards. The password of Grafana is made at bootstrap and lies in no file.',
        chart: {
          release: NAME,
          namespace: MONITORING,
          crds: 'skip',
          values: {
            ...metricsValues(input.foundation, routing.config, release(input, 'prometheus').version),
            ...defaultAlertValues(input),
          },
        },
      },
    ],
    edges: [
      ...edges(input.foundation, routing.egressPort, input.delivery.reporter),
      ...resolverMetrics(input),
    ],
    runbooks: [DEAD_MAN_RUNBOOK, defaultAlertsPage(input)],
    placeholders: routing.placeholders,
    checks: [
      {
        decision: DECISION,
        says: 'Metrics are collected by the chart of this record, and nothing else installs one.',
        command: `test "$(grep -rlE '^ +(releaseName|chart): ${NAME}$' delivery | wc -l)" -eq 1`,
        path: `delivery/platform-obs/${NAME}.yaml`,
      },
      {
        decision: DECISION,
        says: 'The alerts that come with the chart were looked at, each with its reason, and link to a page of this repository.',
        command: `grep -q 'docs/runbooks/default-alerts.md#' platform/${NAME}/values.yaml`,
        path: 'docs/runbooks/default-alerts.md',
      },
      {
        decision: DECISION,
        says: 'Prometheus runs twice and reads every monitor of the cluster.',
        command: 'kubectl -n monitoring wait --for=condition=Available prometheuses --all --timeout=10m',
        path: `platform/${NAME}/values.yaml`,
      },
    ],
  };
}

const pods = (name: string): PodPeer => ({
  kind: 'pods',
  namespace: MONITORING,
  labels: { 'app.kubernetes.io/name': name },
});
const OWN_PORTS: readonly Port[] = [
  ...[3000, 8080, 9090, 9093, 9094, 10250].map(port => ({ port })),
  { port: 9094, protocol: 'UDP' },
];
const EVERY_POD: PodPeer = { kind: 'pods', namespace: MONITORING };

function edges(foundation: Foundation, receiverPort: number, reporter: PodPeer | null): readonly Edge[] {
  return [
    {
      name: 'within-monitoring',
      owner: NAME,
      because: 'Prometheus, Alertmanager, Grafana and their operator talk to each other.',
      pods: EVERY_POD,
      direction: 'ingress',
      peers: [EVERY_POD],
      ports: OWN_PORTS,
    },
    {
      name: 'to-monitoring',
      owner: NAME,
      because: 'Prometheus, Alertmanager, Grafana and their operator talk to each other.',
      pods: EVERY_POD,
      direction: 'egress',
      peers: [EVERY_POD],
      ports: OWN_PORTS,
    },
    toApiServer(NAME, EVERY_POD),
    webhook(NAME, EVERY_POD, 10250),
    {
      name: SCRAPE_PODS,
      owner: NAME,
      because: 'Prometheus reads metrics in every namespace; each of them allows it on its side.',
      pods: pods('prometheus'),
      direction: 'egress',
      peers: [{ kind: 'every-pod' }],
      ports: [{ port: RESOLVER_METRICS }],
    },
    scrapeNodes(foundation, NAME, pods('prometheus'), 'Prometheus'),
    {
      name: 'to-receivers',
      owner: NAME,
      because: 'Alertmanager calls the receiver and the dead-man switch, which are outside the cluster.',
      pods: pods('alertmanager'),
      direction: 'egress',
      peers: [{ kind: 'anywhere' }],
      ports: [...new Set([443, receiverPort])].map(port => ({ port })),
    },
    ...(reporter === null
      ? []
      : [
          {
            name: 'events-of-delivery',
            owner: NAME,
            because: 'What could not be delivered becomes an alert.',
            pods: pods('alertmanager'),
            direction: 'ingress',
            peers: [reporter],
            ports: [{ port: 9093 }],
          } as const,
        ]),
  ];
}

/** Metrics of the cluster's resolver. What pods of this repository open is added to it. */
const RESOLVER_METRICS = 9153;

/** No policy is written for pods of the distribution, unless it closes them itself. */
function resolverMetrics(input: ModuleInput): readonly Edge[] {
  const distribution = distributionOf(input);
  return 'closesSystemPods' in distribution
    ? [
        {
          ...scraped(NAME, CLUSTER_RESOLVER, RESOLVER_METRICS, 'metrics-of-the-resolver'),
          because: 'Prometheus scrapes the resolver, which the distribution lets answer names alone.',
        },
        {
          name: 'names-for-pods',
          owner: NAME,
          because: 'The policy beside this one takes no names away, whatever the distribution says.',
          pods: CLUSTER_RESOLVER,
          direction: 'ingress',
          peers: [{ kind: 'every-pod' }],
          ports: [{ port: 53 }, { port: 53, protocol: 'UDP' }],
        },
      ]
    : [];
}

const DEAD_MAN_RUNBOOK = {
  id: 'dead-man-switch',
  title: 'The dead-man switch went off',
  text: `Prometheus sends the alert Watchdog all the time, and Alertmanager passes it to a service outside the cluster. That
service has heard nothing for a while: alerts no longer reach anybody.

1. Look whether the cluster answers at all: \`kubectl get --raw /readyz\`.
2. Look at the pods: \`kubectl -n monitoring get pods\`.
3. Look whether Alertmanager can send: \`kubectl -n monitoring logs -l app.kubernetes.io/name=alertmanager --tail=50\`.
   A refused connection to the receiver usually means that its address or the network policy \`to-receivers\` is wrong.
4. Look whether Prometheus reaches Alertmanager: the alert PrometheusNotConnectedToAlertmanagers fires where it does not.
`,
} as const;
