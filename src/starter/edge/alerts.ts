/** Alerts of the way in, and what to do about them. */
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { markdownCode } from '../../files/markdown.ts';
import type { Runbook } from '../contribution.ts';
import { alertRules } from '../metrics/alerts.ts';
import type { StarterInput } from '../part.ts';

/** What of the proxies can be counted. */
export interface ProxySigns {
  readonly namespace: string;
  /** Their Deployment, as a regular expression of Prometheus. */
  readonly deployment: string;
  /** Null where the proxies do not count answers by their status. */
  readonly answers: { readonly all: string; readonly failed: string } | null;
}

export function edgeAlerts(
  input: StarterInput,
  { namespace, deployment, answers }: ProxySigns,
): IPrometheusRule {
  const replicas = `kube_deployment_status_replicas_available{namespace="${namespace}", deployment=~"${deployment}"}`;
  return alertRules(input, { name: 'edge', namespace }, [
    {
      alert: 'EdgeProxiesMissing',
      expr: `max(${replicas}) < 2 or absent(${replicas})`,
      lasting: '5m',
      severity: 'critical',
      summary: 'Fewer than two proxies of the edge are ready.',
      description: 'The next node that goes takes the way in along.',
      runbook: 'edge',
    },
    ...(answers === null
      ? []
      : [
          {
            alert: 'EdgeAnswersFail',
            expr: `sum(rate(${answers.failed}[5m])) / sum(rate(${answers.all}[5m])) > 0.05`,
            lasting: '10m',
            severity: 'warning' as const,
            summary: 'More than one in twenty answers of the edge is an error of the server.',
            description:
              'Objectives of single services burn as well; where none does, it is the edge itself.',
            runbook: 'edge',
          },
        ]),
  ]);
}

export function edgeRunbook({ namespace }: ProxySigns, controllerNamespace: string): Runbook {
  const elsewhere =
    controllerNamespace === namespace
      ? ''
      : ` What makes and
configures them lives in ${markdownCode(controllerNamespace)}; without it the proxies go on with what they have.`;
  return {
    id: 'edge',
    title: 'The way in fails',
    text: `**Proxies are missing.** ${markdownCode(`kubectl -n ${namespace} get pods -o wide`)}: do they wait for a node (pending), for an image, or
do they end? Events say which: ${markdownCode(`kubectl -n ${namespace} get events --sort-by=.lastTimestamp`)}.${elsewhere}

**Answers fail.**

1. Is it one service or all: the objective that burns with it names the service. Then go to [slo-burn](slo-burn.md).
2. All: can proxies reach pods at all? A denied connection times out, see [network-denied](network-denied.md).
3. Since the last change of routes, certificates or of the controller's version? Going back is a revert in Git.

**The certificate has run out.** See [certificates](certificates.md).
`,
  };
}
