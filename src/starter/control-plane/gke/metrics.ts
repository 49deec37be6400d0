/** Managed Service for Prometheus: what it may do in the project, and how its alerts reach somebody. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { MetricsCollection, RuleFile } from '../../services.ts';
import { terraformText } from '../../terraform.ts';
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
          alerts(rules),
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

function alerts(rules: readonly RuleFile[]): HclExpression {
  const files = Object.fromEntries(
    rules
      .filter(({ name }) => name !== 'heartbeat')
      .map(({ name, path, document }) => [name, { path: `../../${path}`, document }]),
  );
  return hcl`
locals {
  rule_files = ${files}

  alert_rules = flatten([
    for rule_file in local.rule_files : [
      for group in yamldecode(split("\\n---\\n", file("\${path.module}/\${rule_file.path}"))[rule_file.document]).spec.groups : [
        for rule in group.rules : {
          alert    = rule.alert
          severity = rule.labels.severity
          # A label of the series, in the form of these policies; other parts of a template mean nothing here.
          says = replace(replace("\${rule.annotations.summary}\\n\\n\${rule.annotations.description}", "/\\\\{\\\\{ *\\\\$labels\\\\.([a-z_]+) *\\\\}\\\\}/", "$\${metric_or_resource.label.$1}"), "/\\\\{\\\\{[^}]*\\\\}\\\\}/", "...")
          page = rule.annotations.runbook_url
        } if can(rule.alert)
      ]
    ]
  ])

  # An alert that two workloads raise alike is one policy; its series say whose it is.
  alerts = { for rule in local.alert_rules : "\${rule.alert}/\${rule.severity}" => rule... }
}

resource "google_monitoring_alert_policy" "rule" {
  for_each = local.alerts

  display_name = "\${var.cluster_name}: \${each.value[0].alert} (\${each.value[0].severity})"
  combiner     = "OR"
  severity     = upper(each.value[0].severity)

  conditions {
    display_name = each.value[0].alert

    condition_prometheus_query_language {
      query                     = "ALERTS{alertstate=\\"firing\\", alertname=\\"\${each.value[0].alert}\\", severity=\\"\${each.value[0].severity}\\", cluster=\\"\${var.cluster_name}\\", location=\\"\${var.region}\\"}"
      duration                  = "0s"
      evaluation_interval       = "60s"
      disable_metric_validation = true
    }
  }

  alert_strategy {
    auto_close = "1800s"

    notification_channel_strategy {
      notification_channel_names = [google_monitoring_notification_channel.on_call.name]
      renotify_interval          = each.value[0].severity == "critical" ? "14400s" : "86400s"
    }
  }

  notification_channels = [google_monitoring_notification_channel.on_call.name]

  documentation {
    subject   = "\${var.cluster_name}: \${each.value[0].alert}"
    content   = "\${each.value[0].says}\\n\\nRunbook: \${each.value[0].page}"
    mime_type = "text/markdown"
  }
}

# The dead-man switch: it lives outside the cluster and goes off when the rules are judged no more.
resource "google_monitoring_alert_policy" "silence" {
  display_name = "\${var.cluster_name}: nothing is measured"
  combiner     = "OR"
  severity     = "CRITICAL"

  conditions {
    display_name = "No sign of life for ten minutes"

    condition_prometheus_query_language {
      query                     = "absent(platform:heartbeat{cluster=\\"\${var.cluster_name}\\", location=\\"\${var.region}\\"})"
      duration                  = "600s"
      evaluation_interval       = "60s"
      disable_metric_validation = true
    }
  }

  notification_channels = [google_monitoring_notification_channel.on_call.name]

  documentation {
    subject   = "\${var.cluster_name}: nothing is measured"
    content   = "The evaluator of the rules is silent, so none of the alerts of this cluster can fire. Runbook: docs/runbooks/metrics-missing.md"
    mime_type = "text/markdown"
  }
}
`;
}
