/** Metrics to a service outside, of the cloud or of a vendor: monitors are read in the cluster, and judged where they are kept. */
import { collect } from '../collect.ts';
import type { Component, Contribution } from '../contribution.ts';
import type { Foundation } from '../foundation.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { scraped, toApiServer } from '../network/common-edges.ts';
import type { Edge, PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { agentComponent } from '../telemetry/agent.ts';
import { agentEdges } from '../telemetry/agent-edges.ts';
import {
  VENDOR_ENVIRONMENT,
  VENDOR_SECRET,
  VENDOR_SINK,
  vendorKey,
  vendorNamespaceLabels,
} from '../telemetry/vendor.ts';
import { AS_TELEMETRY, REMOTE_WRITE_DOOR, readingMetrics, TELEMETRY_DOOR } from './agent/pipeline.ts';
import { managedRunbook, vendorRunbook } from './agent/runbooks.ts';
import { collectionOf } from './collection/whole.ts';
import { collectedMetrics } from './collection.ts';
import { MONITORING, NODE_AGENTS, nodeAgents } from './namespaces.ts';
import { PLATFORM_ALERTS_RUNBOOK, platformAlerts } from './platform-alerts.ts';
import { SCRAPE_PODS, scrapeNodes } from './scraping.ts';
import { stateMetrics } from './state-metrics.ts';

const DECISION = 'metrics';
const NAME = 'metrics-agent';
/** Policies know the one that scrapes by this name, whatever scrapes. */
const KNOWN_AS = 'prometheus';
const PODS: PodPeer = {
  kind: 'pods',
  namespace: MONITORING,
  labels: { 'app.kubernetes.io/name': KNOWN_AS },
};
const STATE: PodPeer = {
  kind: 'pods',
  namespace: MONITORING,
  labels: { 'app.kubernetes.io/name': 'kube-state-metrics' },
};
const RESOLVER_METRICS = 9153;

export function managedMetrics(input: ModuleInput): Contribution | NotGenerated {
  const collection = collectionOf(input);
  if (collection !== null) return collectedMetrics(input, collection);
  const service = input.foundation.services?.metrics;
  if (service === undefined)
    return {
      notGenerated:
        'The way to the metrics service of this cloud is not generated yet: monitors and alert rules are there for it, and nothing reads them.',
    };
  const grant = service.rights(DECISION, { namespace: MONITORING, name: NAME });
  return collect([
    service.beside(DECISION),
    ground(input, {}),
    {
      files: grant.files,
      components: [
        agentComponent(input.foundation, {
          ...AGENT,
          says: `Reads every monitor of the cluster and hands what it measured to ${service.title}.`,
          pipeline:
            service.takes === 'telemetry'
              ? `${readingMetrics(TELEMETRY_DOOR)}\n${AS_TELEMETRY}\n${service.sink}`
              : `${readingMetrics(REMOTE_WRITE_DOOR)}\n${service.sink}`,
          environment: { ...CLUSTER, ...service.environment },
          secret: null,
          grant,
          ...(service.stability === undefined ? {} : { stability: service.stability }),
        }),
      ],
      edges: agentEdges(input, { owner: NAME, pods: PODS, ofCloud: true }),
      runbooks: [managedRunbook(service.title)],
    },
  ]);
}

export function vendorMetrics(input: ModuleInput): Contribution {
  return collect([
    vendorKey(input, DECISION, MONITORING),
    ground(input, vendorNamespaceLabels(input)),
    {
      components: [
        agentComponent(input.foundation, {
          ...AGENT,
          says: 'Reads every monitor of the cluster and hands what it measured to the vendor.',
          pipeline: `${readingMetrics(TELEMETRY_DOOR)}\n${AS_TELEMETRY}\n${VENDOR_SINK}`,
          environment: { ...CLUSTER, ...VENDOR_ENVIRONMENT },
          secret: VENDOR_SECRET,
          grant: null,
        }),
      ],
      edges: agentEdges(input, { owner: NAME, pods: PODS, ofCloud: false }),
      runbooks: [vendorRunbook()],
      nextSteps: [
        'Make the rules of platform/platform-alerts and platform-config/base/slo at the vendor, and one that fires when a cluster sends nothing (docs/runbooks/metrics-missing.md): nothing in the cluster raises an alert.',
      ],
    },
  ]);
}

const CLUSTER = { CLUSTER_NAME: '${CLUSTER_NAME}', ENVIRONMENT: '${ENVIRONMENT}' } as const;

const AGENT = {
  id: NAME,
  decision: DECISION,
  namespace: MONITORING,
  knownAs: KNOWN_AS,
  memory: { request: '512Mi', limit: '2Gi' },
} as const;

/** What measures beside the agent, whoever keeps it. */
function ground(input: ModuleInput, labels: Readonly<Record<string, string>>): Contribution {
  return {
    namespaces: [{ ...platformNamespace(MONITORING, DECISION), labels }, ...nodeAgents(input.foundation)],
    components: [
      stateMetrics(input.foundation, 'monitors'),
      ...nodes(input.foundation),
      platformAlerts(input),
    ],
    edges: [
      ...edges(input.foundation),
      // Both doors of kube-state-metrics: what it knows, and how it does.
      {
        ...scraped('kube-state-metrics', STATE, 8080, 'metrics-of-objects'),
        ports: [{ port: 8080 }, { port: 8081 }],
      },
      { ...toApiServer('kube-state-metrics', STATE), name: 'objects-from-api-server' },
    ],
    runbooks: [PLATFORM_ALERTS_RUNBOOK],
    checks: [
      {
        decision: DECISION,
        says: 'The agent that measures is installed once, and reads every monitor.',
        command: `grep -q 'prometheus.operator.servicemonitors' platform/${NAME}/values.yaml`,
        path: `platform/${NAME}/values.yaml`,
      },
      {
        decision: DECISION,
        says: 'The agent that measures runs.',
        command: `kubectl -n ${MONITORING} rollout status deployment/${NAME} deployment/kube-state-metrics --timeout=5m`,
        path: `platform/${NAME}/values.yaml`,
      },
    ],
  };
}

function nodes({ hostAccess }: Foundation): readonly Component[] {
  if (hostAccess === 'refused') return [];
  return [
    {
      id: 'prometheus-node-exporter',
      decision: DECISION,
      layer: 'platform-obs',
      says: 'What each node knows of itself: disks, memory, network.',
      chart: {
        release: 'prometheus-node-exporter',
        namespace: NODE_AGENTS,
        crds: 'skip',
        values: {
          resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '64Mi' } },
          prometheus: { monitor: { enabled: true, jobLabel: 'app.kubernetes.io/name' } },
        },
      },
    },
  ];
}

function edges(foundation: Foundation): readonly Edge[] {
  return [
    {
      name: SCRAPE_PODS,
      owner: NAME,
      because: 'The agent reads metrics in every namespace; each of them allows it on its side.',
      pods: PODS,
      direction: 'egress',
      peers: [{ kind: 'every-pod' }],
      ports: [{ port: RESOLVER_METRICS }],
    },
    scrapeNodes(foundation, NAME, PODS, 'The agent'),
  ];
}
