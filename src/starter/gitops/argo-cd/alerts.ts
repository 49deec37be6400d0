/** What Argo CD could not apply becomes an alert, from its own metrics. */
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { ConfigFolder, Runbook } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { repositoryUrl } from '../../names.ts';
import { ARGO_NAMESPACE } from './names.ts';

export function argoAlerts(input: ModuleInput): ConfigFolder {
  return {
    id: 'alerting',
    decision: 'gitops',
    says: 'Errors of delivery go the same way as all other alerts.',
    objects: { 'argo-cd-alerts': [rules(input)] },
  };
}

function rules(input: ModuleInput): IPrometheusRule {
  const alert = (name: string, expr: string, wait: string, summary: string, description: string) => ({
    alert: name,
    expr,
    for: wait,
    labels: { severity: 'warning', team: 'platform' },
    annotations: {
      summary,
      description,
      runbook_url: `${repositoryUrl(input)}/blob/main/docs/runbooks/delivery-failed.md`,
    },
  });
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'argo-cd', namespace: ARGO_NAMESPACE },
    spec: {
      groups: [
        {
          name: 'delivery',
          rules: [
            alert(
              'DeliveryNotSynced',
              'sum by (name) (argocd_app_info{sync_status!="Synced"}) > 0',
              '30m',
              'What is in Git is not in the cluster.',
              'The Application {{ $labels.name }} has not been in sync for half an hour.',
            ),
            alert(
              'DeliveryUnhealthy',
              'sum by (name) (argocd_app_info{health_status=~"Degraded|Missing|Unknown"}) > 0',
              '15m',
              'What was applied does not run.',
              'The Application {{ $labels.name }} is not healthy; nothing of a later wave is applied.',
            ),
            alert(
              'DeliveryNotReporting',
              'absent(argocd_app_info)',
              '15m',
              'Nobody hears of failed deliveries.',
              'The controller of Argo CD gives no metrics.',
            ),
          ],
        },
      ],
    },
  };
}

export const DELIVERY_FAILED: Runbook = {
  id: 'delivery-failed',
  title: 'What is in Git does not reach the cluster',
  text: `The root applies its children wave after wave and waits until every one of a wave is synced at the commit of the root and
healthy. So the first Application that is not holds up all that come after it, and is the one to look at.

1. Which one: \`kubectl -n argocd get applications\`, and the waves in the annotations:
   \`kubectl -n argocd get applications -o custom-columns=WAVE:.metadata.annotations.argocd\\.argoproj\\.io/sync-wave,NAME:.metadata.name,SYNC:.status.sync.status,HEALTH:.status.health.status\`.
2. Why: \`kubectl -n argocd get application NAME -o jsonpath='{.status.conditions}{.status.operationState.message}'\`.
   *is not permitted in project*: a new kind, namespace or source has to be let in, in \`delivery/projects\`.
   *no matches for kind*: what brings the kind is in a later wave.
3. Always out of sync, although nobody changes anything: something else writes the field. Let it be, with
   \`ignoreDifferences\` in the Application, and say who owns it.
4. A commit that does not work is reverted in Git: the root hands the older state to every child.

In an emergency an Application stands still with
\`kubectl -n argocd patch application NAME --type merge -p '{"spec":{"syncPolicy":{"automated":null}}}'\`; the root puts it back at
its next sync, so stop the root in the same way first.
`,
};
