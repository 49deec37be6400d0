# Follows ADR-0021 (docs/adr/0021-metrics-the-cloud-providers-metrics-service.md).
# The rules that stand in Git as objects are judged in the cluster; here stands who hears of what they find, and of their silence.

locals {
  rule_files = {
    monitoring-platform = {
      path     = "../../platform/platform-alerts/rules.yaml"
      document = 1
    }
    demo-demo-web-availability = {
      path     = "../../platform-config/base/slo/demo-web.yaml"
      document = 1
    }
    demo-demo-batch = {
      path     = "../../platform-config/base/slo/demo-batch.yaml"
      document = 1
    }
  }

  alert_rules = flatten([
    for rule_file in local.rule_files : [
      for group in yamldecode(split("\n---\n", file("${path.module}/${rule_file.path}"))[rule_file.document]).spec.groups : [
        for rule in group.rules : {
          alert    = rule.alert
          severity = rule.labels.severity
          # A label of the series, in the form of these policies; other parts of a template mean nothing here.
          says = replace(replace("${rule.annotations.summary}\n\n${rule.annotations.description}", "/\\{\\{ *\\$labels\\.([a-z_]+) *\\}\\}/", "$${metric_or_resource.label.$1}"), "/\\{\\{[^}]*\\}\\}/", "...")
          page = rule.annotations.runbook_url
        } if can(rule.alert)
      ]
    ]
  ])

  # An alert that two workloads raise alike is one policy; its series say whose it is.
  alerts = { for rule in local.alert_rules : "${rule.alert}/${rule.severity}" => rule... }
}

resource "google_monitoring_alert_policy" "rule" {
  for_each = local.alerts

  display_name = "${var.cluster_name}: ${each.value[0].alert} (${each.value[0].severity})"
  combiner     = "OR"
  severity     = upper(each.value[0].severity)

  conditions {
    display_name = each.value[0].alert

    condition_prometheus_query_language {
      query                     = "ALERTS{alertstate=\"firing\", alertname=\"${each.value[0].alert}\", severity=\"${each.value[0].severity}\", cluster=\"${var.cluster_name}\", location=\"${var.region}\"}"
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
    subject   = "${var.cluster_name}: ${each.value[0].alert}"
    content   = "${each.value[0].says}\n\nRunbook: ${each.value[0].page}"
    mime_type = "text/markdown"
  }
}

# The dead-man switch: it lives outside the cluster and goes off when the rules are judged no more.
resource "google_monitoring_alert_policy" "silence" {
  display_name = "${var.cluster_name}: nothing is measured"
  combiner     = "OR"
  severity     = "CRITICAL"

  conditions {
    display_name = "No sign of life for ten minutes"

    condition_prometheus_query_language {
      query                     = "absent(platform:heartbeat{cluster=\"${var.cluster_name}\", location=\"${var.region}\"})"
      duration                  = "600s"
      evaluation_interval       = "60s"
      disable_metric_validation = true
    }
  }

  notification_channels = [google_monitoring_notification_channel.on_call.name]

  documentation {
    subject   = "${var.cluster_name}: nothing is measured"
    content   = "The evaluator of the rules is silent, so none of the alerts of this cluster can fire. Runbook: docs/runbooks/metrics-missing.md"
    mime_type = "text/markdown"
  }
}
