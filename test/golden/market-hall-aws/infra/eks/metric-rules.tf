# Follows ADR-0022 (docs/adr/0022-metrics-the-cloud-providers-metrics-service.md).
# The rules that stand in Git as objects, judged where the metrics are, and who hears of them.

locals {
  rule_files = {
    certificates = {
      path     = "../../platform/cert-manager/alerts.yaml"
      document = 1
    }
    edge = {
      path     = "../../platform/envoy-gateway/alerts.yaml"
      document = 1
    }
    platform = {
      path     = "../../platform/platform-alerts/rules.yaml"
      document = 1
    }
    demo-web-availability = {
      path     = "../../platform-config/base/slo/demo-web.yaml"
      document = 1
    }
    demo-worker = {
      path     = "../../platform-config/base/slo/demo-worker.yaml"
      document = 1
    }
    demo-store-availability = {
      path     = "../../platform-config/base/slo/demo-store.yaml"
      document = 1
    }
    demo-batch = {
      path     = "../../platform-config/base/slo/demo-batch.yaml"
      document = 1
    }
  }

  # The service does not know keep_firing_for; everything else is the same.
  rule_groups = {
    for name, rule in local.rule_files : name => [
      for group in yamldecode(split("\n---\n", file("${path.module}/${rule.path}"))[rule.document]).spec.groups : merge(group, {
        rules = [for each_rule in group.rules : { for key, value in each_rule : key => value if key != "keep_firing_for" }]
      })
    ]
  }
}

resource "aws_prometheus_rule_group_namespace" "rules" {
  for_each = local.rule_groups

  name         = each.key
  workspace_id = aws_prometheus_workspace.main.id
  data         = yamlencode({ groups = each.value })
}

# The service sends to SNS alone; from there it is the way of all alarms.
resource "aws_prometheus_alert_manager_definition" "main" {
  workspace_id = aws_prometheus_workspace.main.id
  definition = yamlencode({
    alertmanager_config = yamlencode({
      route = {
        receiver        = "on-call"
        group_by        = ["alertname", "cluster", "namespace"]
        group_wait      = "30s"
        group_interval  = "5m"
        repeat_interval = "4h"
        routes          = [{ receiver = "on-call", matchers = ["severity=warning"], repeat_interval = "24h" }]
      }
      receivers = [{
        name = "on-call"
        sns_configs = [{
          topic_arn     = aws_sns_topic.alarms.arn
          sigv4         = { region = var.region }
          send_resolved = true
          attributes    = { cluster = var.cluster_name }
        }]
      }]
      inhibit_rules = [{
        source_matchers = ["severity=critical"]
        target_matchers = ["severity=warning"]
        equal           = ["cluster", "namespace", "alertname"]
      }]
    })
  })

  depends_on = [aws_sns_topic_policy.alarms]
}
