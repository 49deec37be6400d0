/** metric-rules.tf: the objects of kind PrometheusRule, read from where they stand, and the routing of their alerts. */
import { type HclExpression, hcl } from '../../../../files/hcl.ts';
import type { RuleFile } from '../../../services.ts';

export function metricRules(rules: readonly RuleFile[]): HclExpression {
  const files = Object.fromEntries(
    rules.map(({ name, path, document }) => [name, { path: `../../${path}`, document }]),
  );
  return hcl`
locals {
  rule_files = ${files}

  # The service does not know keep_firing_for; everything else is the same.
  rule_groups = {
    for name, rule in local.rule_files : name => [
      for group in yamldecode(split("\\n---\\n", file("\${path.module}/\${rule.path}"))[rule.document]).spec.groups : merge(group, {
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
`;
}
