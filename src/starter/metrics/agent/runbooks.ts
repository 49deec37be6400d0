/** What to do when metrics or alerts do not come from a service outside the cluster. */
import type { Runbook } from '../../contribution.ts';

export function managedRunbook(title: string): Runbook {
  return {
    id: 'metrics-missing',
    title: 'Metrics or alerts are missing',
    text: `An agent reads the monitors of the cluster; ${title} keeps what it read, judges the rules and sends the alerts. The rules stand in Git as objects
(\`platform/*/\`, \`platform-config/base/slo\`), and \`infra\` hands the same files to the service: one change, one review.

1. Nothing is measured at all: an alarm outside the cluster says so within a quarter of an hour. \`kubectl -n monitoring logs -l
   app.kubernetes.io/instance=metrics-agent --tail=50\`: a refusal of access means that the identity of the agent or the name of the store in
   cluster-vars is wrong.
2. One thing is not measured: \`kubectl -n monitoring port-forward deployment/metrics-agent 12345\` shows every target at
   \`http://localhost:12345\`. A timeout there is a policy that is missing, see [network-denied](network-denied.md).
3. An alert should have fired: ask the service for its expression. A rule that was merged and not applied is the usual reason:
   \`tofu plan\` of \`infra\`.
4. An alert fires and nobody hears of it: the receiver; where the cloud asks whoever receives to confirm, that has to be done once.

The bill grows: \`prometheus.relabel\` in \`platform/metrics-agent/values.yaml\` is where series are dropped before they are paid for.
`,
  };
}

export function vendorRunbook(): Runbook {
  return {
    id: 'metrics-missing',
    title: 'Metrics or alerts are missing',
    text: `An agent reads the monitors of the cluster and hands what it read to the vendor. Rules, receivers and dashboards live at the vendor: nothing
in the cluster raises an alert, and the objects of kind PrometheusRule here say what has to be there.

Three things to make at the vendor, once for all clusters, and to try before the first workload goes live:

1. The rules of \`platform/platform-alerts/rules.yaml\` and \`platform-config/base/slo\`, with their severities: *critical* pages, *warning* opens a
   ticket.
2. A receiver that reaches whoever is on call.
3. A rule that fires when a cluster sends nothing for ten minutes (\`absent\` of \`up\` by the label \`cluster\`): the vendor is the only one who can
   notice.

Nothing arrives: \`kubectl -n monitoring logs -l app.kubernetes.io/instance=metrics-agent --tail=50\`. *401* or *403*: the key in the Secret
\`telemetry-vendor\`. A timeout on one target: a policy that is missing, see [network-denied](network-denied.md).
`,
  };
}
