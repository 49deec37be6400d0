/** Metrics read and judged by a service that works within the cluster: what is there beside it. */
import { collect } from '../collect.ts';
import type { Contribution, Runbook } from '../contribution.ts';
import type { ModuleInput } from '../module.ts';
import { toApiServer } from '../network/common-edges.ts';
import type { PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import type { MetricsCollection } from '../services.ts';
import { HEARTBEAT, KUBELET, STATE } from './collection/kinds.ts';
import { COLLECTION } from './collection/whole.ts';
import { MONITORING } from './namespaces.ts';
import { PLATFORM_ALERTS_RUNBOOK, platformAlerts } from './platform-alerts.ts';
import { stateMetrics } from './state-metrics.ts';

const DECISION = 'metrics';
const STATE_PODS: PodPeer = {
  kind: 'pods',
  namespace: MONITORING,
  labels: { 'app.kubernetes.io/name': 'kube-state-metrics' },
};

export function collectedMetrics(input: ModuleInput, { title, collectors }: MetricsCollection): Contribution {
  return collect([
    {
      namespaces: [platformNamespace(MONITORING, DECISION)],
      components: [
        stateMetrics(input.foundation, 'no-monitors'),
        platformAlerts(input),
        {
          id: COLLECTION,
          decision: DECISION,
          layer: 'platform-obs',
          says: `What ${title} reads of nodes and objects, only what somebody asks for, and a sign of life that it writes itself.`,
          objects: { monitoring: [KUBELET, STATE], heartbeat: [HEARTBEAT] },
        },
      ],
      edges: [
        {
          name: 'metrics-of-objects',
          owner: 'kube-state-metrics',
          because: 'The collectors read these pods.',
          pods: STATE_PODS,
          direction: 'ingress',
          peers: [collectors],
          ports: [{ port: 8080 }],
        },
        { ...toApiServer('kube-state-metrics', STATE_PODS), name: 'objects-from-api-server' },
      ],
      runbooks: [PLATFORM_ALERTS_RUNBOOK, runbook(title)],
      checks: [
        {
          decision: DECISION,
          says: 'Nothing asks for a monitor that nobody would read.',
          command:
            "! grep -rqE '^kind: (ServiceMonitor|PodMonitor|PrometheusRule)$' platform platform-config apps",
          path: `platform/${COLLECTION}/monitoring.yaml`,
        },
        {
          decision: DECISION,
          says: 'The collectors run on every node, and the rules are judged.',
          command:
            'kubectl -n gmp-system rollout status daemonset/collector --timeout=5m && kubectl -n gmp-system rollout status deployment/rule-evaluator --timeout=5m',
          path: `platform/${COLLECTION}/heartbeat.yaml`,
        },
      ],
    },
  ]);
}

function runbook(title: string): Runbook {
  return {
    id: 'metrics-missing',
    title: 'Metrics or alerts are missing',
    text: `${title} reads the pods that a PodMonitoring names, with collectors on every node; an evaluator in the cluster judges the rules (ClusterRules in
\`platform/*/\`, \`platform-config/base/slo\`) and writes what they find as series. Alerts are such series (\`ALERTS\`): for each rule a policy outside the
cluster waits for its series and tells whoever is on call. \`infra\` makes the policies from the same files: one change, one review.

1. The sign of life is missing: the evaluator writes \`platform:heartbeat\` every half minute, and a policy outside the cluster says within a quarter of
   an hour that it is not there. \`kubectl -n gmp-system get pods\`, then \`kubectl -n gmp-system logs deployment/rule-evaluator -c evaluator --tail=50\`:
   a refusal of access means that \`infra/gke/metrics.tf\` was not applied.
2. One thing is not measured: \`kubectl -n NAMESPACE get podmonitorings\`, and what the operator thinks of it: \`kubectl -n NAMESPACE describe podmonitoring NAME\`.
   It says how many targets it found and which of them fail where target status is on: \`kubectl -n gmp-public patch operatorconfig config --type merge
   -p '{"features":{"targetStatus":{"enabled":true}}}'\`. A timeout is a policy that is missing, see [network-denied](network-denied.md).
3. An alert should have fired: ask Metrics Explorer for its expression, then for \`ALERTS{alertname="NAME"}\`. The series is there and nobody heard of
   it: the policy is missing (\`tofu plan\` of \`infra/gke\`), or snoozed.
4. An alert fires and nobody hears of it: the notification channel, which can send a test from the console.

The bill grows: it is the number of samples. \`metricRelabeling\` of a monitor drops what nobody asks for, and \`interval\` says how often it is read.
`,
  };
}
