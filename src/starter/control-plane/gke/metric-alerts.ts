/** metric-alerts.tf: who hears of what the rules in Git find, and of their silence. */
import { type HclExpression, hcl, hclCode } from '../../../files/hcl.ts';
import type { RuleFile } from '../../services.ts';

/** Who judges the rules, as the policies have to ask. */
export interface Judge {
  /** What is one policy. */
  readonly says: string;
  readonly key: HclExpression;
  /** What the policies need of a rule beside its alert: lines of an object. */
  readonly fields: HclExpression;
  readonly query: HclExpression;
  readonly duration: HclExpression;
  readonly silence: {
    /** The dead-man switch goes off … */
    readonly goesOff: string;
    /** What is always there while all is well, as far as the labels that every series has. */
    readonly series: string;
    readonly because: string;
  };
}

export function metricAlerts(rules: readonly RuleFile[], judge: Judge): HclExpression {
  const { key, fields, query, duration, silence } = judge;
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
          page = rule.annotations.runbook_url${fields}
        } if can(rule.alert)
      ]
    ]
  ])

  # ${hclCode(judge.says)}
  alerts = { for rule in local.alert_rules : ${key} => rule... }
}

resource "google_monitoring_alert_policy" "rule" {
  for_each = local.alerts

  display_name = "\${var.cluster_name}: \${each.value[0].alert} (\${each.value[0].severity})"
  combiner     = "OR"
  severity     = upper(each.value[0].severity)

  conditions {
    display_name = each.value[0].alert

    condition_prometheus_query_language {
      query                     = ${query}
      duration                  = ${duration}
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

# The dead-man switch: it lives outside the cluster and goes off ${hclCode(silence.goesOff)}.
resource "google_monitoring_alert_policy" "silence" {
  display_name = "\${var.cluster_name}: nothing is measured"
  combiner     = "OR"
  severity     = "CRITICAL"

  conditions {
    display_name = "No sign of life for ten minutes"

    condition_prometheus_query_language {
      query                     = "absent(${hclCode(silence.series)}cluster=\\"\${var.cluster_name}\\", location=\\"\${var.region}\\"})"
      duration                  = "600s"
      evaluation_interval       = "60s"
      disable_metric_validation = true
    }
  }

  notification_channels = [google_monitoring_notification_channel.on_call.name]

  documentation {
    subject   = "\${var.cluster_name}: nothing is measured"
    content   = "${hclCode(silence.because)} Runbook: docs/runbooks/metrics-missing.md"
    mime_type = "text/markdown"
  }
}
`;
}
