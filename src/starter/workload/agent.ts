/** The sample agent: one pod on every node, whatever else the node is kept for, and nothing of the node's own. */
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { IDaemonSet } from 'kubernetes-models/apps/v1';
import type { Runbook } from '../contribution.ts';
import type { ModuleInput } from '../module.ts';
import { scraped } from '../network/common-edges.ts';
import { alertRules, alertTests, type SampleAlert } from './alerts.ts';
import {
  accountOf,
  labelsOf,
  METRICS_PORT,
  metadataOf,
  NAMESPACE,
  podOf,
  podsOf,
  SCRATCH,
  serverOf,
} from './sample.ts';
import type { Sample } from './workloads.ts';

const NAME = 'demo-agent';
const PODS = podsOf(NAME);

export function sampleAgent(input: ModuleInput): Sample {
  const alerts = [AGENT_MISSING];
  return {
    app: {
      id: NAME,
      decision: 'platform-defaults',
      namespace: NAMESPACE,
      says: 'An agent to copy: one on every node, restricted like every other pod. One that must read the node goes into the namespace node-agents, with its reason.',
      objects: { 'daemon-set': [accountOf(NAME), daemonSet(input)], monitor: [MONITOR] },
    },
    rules: { [NAME]: alertRules(input, NAME, alerts) },
    tests: alertTests(input, NAME, alerts),
    edges: [scraped(NAME, PODS, METRICS_PORT)],
    runbooks: [RUNBOOK],
    checks: [
      {
        decision: 'platform-defaults',
        says: 'The sample agent mounts nothing of its node.',
        command: `! grep -q hostPath apps/base/${NAME}/daemon-set.yaml`,
        path: `apps/base/${NAME}/daemon-set.yaml`,
      },
    ],
  };
}

function daemonSet(input: ModuleInput): IDaemonSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: metadataOf(NAME),
    spec: {
      revisionHistoryLimit: 5,
      minReadySeconds: 10,
      // A tenth of the nodes at a time: a bad version stops before it is everywhere.
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
      selector: { matchLabels: { ...labelsOf(NAME) } },
      template: {
        metadata: { labels: { ...labelsOf(NAME) } },
        spec: {
          ...podOf(input, NAME),
          terminationGracePeriodSeconds: 45,
          // Without it a full node would have no agent; it pushes workloads away, so it has to stay small.
          priorityClassName: 'platform-critical',
          // Every node, those that are kept for something else as well.
          tolerations: [{ operator: 'Exists' }],
          containers: [agent(input)],
          volumes: [SCRATCH],
        },
      },
    },
  };
}

/** Small: what it asks for is taken from every node. */
function agent(input: ModuleInput) {
  return {
    ...serverOf(input, 'agent'),
    resources: {
      requests: { cpu: '20m', memory: '32Mi', 'ephemeral-storage': '64Mi' },
      limits: { cpu: '200m', memory: '64Mi', 'ephemeral-storage': '128Mi' },
    },
  };
}

const MONITOR: IPodMonitor = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: metadataOf(NAME),
  spec: {
    selector: { matchLabels: { ...labelsOf(NAME) } },
    podMetricsEndpoints: [{ port: 'http-metrics', interval: '30s' }],
  },
};

const wanted = `kube_daemonset_status_desired_number_scheduled{namespace="${NAMESPACE}", daemonset="${NAME}"}`;
const ready = `kube_daemonset_status_number_ready{namespace="${NAMESPACE}", daemonset="${NAME}"}`;

const AGENT_MISSING: SampleAlert = {
  alert: 'AgentMissing',
  expr: `max(${wanted}) - max(${ready}) > 0`,
  for: '15m',
  severity: 'warning',
  summary: 'The sample agent does not run on every node',
  description: 'What it does for a node is not done there.',
  runbook: 'agent-missing',
  cases: [
    {
      name: 'a node without its agent opens a ticket',
      series: { [wanted]: '7x60', [ready]: '6x60' },
      at: '30m',
      fires: 'yes',
    },
    {
      name: 'an agent on every node is silent',
      series: { [wanted]: '7x60', [ready]: '7x60' },
      at: '30m',
      fires: 'no',
    },
  ],
};

const RUNBOOK: Runbook = {
  id: 'agent-missing',
  title: 'An agent is missing on a node',
  text: `1. Where: \`kubectl -n ${NAMESPACE} get pods -l app.kubernetes.io/name=${NAME} -o wide\`, against \`kubectl get nodes\`.
2. *Pending*: the node is full, and nothing on it has a lower priority. \`kubectl describe node NODE\`.
3. Restarting: \`kubectl -n ${NAMESPACE} logs POD --previous\`. After a change it stops at a tenth of the nodes; revert in Git.
4. *exceeded quota*: a new node needs one pod more, and the namespace has no room for it. Raise the number of pods in
   \`platform/namespaces/${NAMESPACE}.yaml\`.

Every node has one, so what it asks for is asked for as often as there are nodes. Raise its requests only after a look at
what that takes from the smallest node.
`,
};
