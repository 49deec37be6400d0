/** Managed Service for Prometheus: what it may do in the project, and how its alerts reach somebody. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { MetricsCollection } from '../../services.ts';
import { terraformText } from '../../terraform.ts';
import { type Judge, metricAlerts } from './metric-alerts.ts';
import { FOLDER } from './settings.ts';

export function gkeMetrics(input: ClusterInput): MetricsCollection {
  const file = (name: string, decision: Id, says: string, code: HclExpression) =>
    [`${FOLDER}/${name}.tf`, terraformText(input, decision, says, code)] as const;
  return {
    title: 'Managed Service for Prometheus',
    collectors: {
      kind: 'pods',
      namespace: 'gmp-system',
      labels: { 'app.kubernetes.io/name': 'collector' },
    },
    alarms: (decision, rules) => ({
      files: new Map([
        file(
          'metrics',
          decision,
          'The collectors write metrics and the evaluator of the rules reads them, whether they go by their own name or by that of their node. Google keeps them for two years.',
          RIGHTS,
        ),
        file(
          'metric-alerts',
          decision,
          'The rules that stand in Git as objects are judged in the cluster; here stands who hears of what they find, and of their silence.',
          metricAlerts(rules, EVALUATOR),
        ),
      ]),
      checks: [
        {
          decision,
          says: 'Every rule that raises an alert has a policy outside the cluster, and their silence is one.',
          command: `grep -q 'platform:heartbeat' ${FOLDER}/metric-alerts.tf && test "$(grep -rlE '^kind: ClusterRules$' platform platform-config | grep -vcF metrics-collection)" -eq "$(grep -cE '^ +path += ' ${FOLDER}/metric-alerts.tf)"`,
          path: `${FOLDER}/metric-alerts.tf`,
        },
      ],
    }),
  };
}

const RIGHTS = hcl`
locals {
  measuring = {
    collectors = "principalSet://iam.googleapis.com/projects/\${data.google_project.current.number}/locations/global/workloadIdentityPools/\${var.project_id}.svc.id.goog/namespace/gmp-system"
    nodes      = google_service_account.nodes.member
  }
  measuring_rights = {
    for pair in setproduct(keys(local.measuring), ["roles/monitoring.metricWriter", "roles/monitoring.viewer"]) : "\${pair[0]}/\${pair[1]}" => { who = pair[0], role = pair[1] }
  }
}

resource "google_project_iam_member" "measuring" {
  for_each = local.measuring_rights

  project = var.project_id
  role    = each.value.role
  member  = local.measuring[each.value.who]
}
`;

/** What the evaluator in the cluster finds is a series, whoever raised it. */
const EVALUATOR: Judge = {
  says: 'An alert that two workloads raise alike is one policy; its series say whose it is.',
  key: hcl`"\${rule.alert}/\${rule.severity}"`,
  fields: hcl``,
  query: hcl`"ALERTS{alertstate=\\"firing\\", alertname=\\"\${each.value[0].alert}\\", severity=\\"\${each.value[0].severity}\\", cluster=\\"\${var.cluster_name}\\", location=\\"\${var.region}\\"}"`,
  duration: hcl`"0s"`,
  silence: {
    goesOff: 'when the rules are judged no more',
    series: 'platform:heartbeat{',
    because: 'The evaluator of the rules is silent, so none of the alerts of this cluster can fire.',
  },
};
