/** metric-rules.tf: the objects of kind PrometheusRule, read from where they stand, and the routing of their alerts. */
import { type HclExpression, hcl } from '../../../../files/hcl.ts';
import type { RuleFile } from '../../../services.ts';

/** So many rules Azure takes in one group. */
const RULES_PER_GROUP = 20;

export function metricRules(rules: readonly RuleFile[]): HclExpression {
  const files = Object.fromEntries(
    rules.map(({ name, path, document }) => [name, { path: `../../${path}`, document }]),
  );
  return hcl`
locals {
  rule_files = ${files}

  rules_in_git = flatten([
    for name, rule in local.rule_files : [
      for group in yamldecode(split("\\n---\\n", file("\${path.module}/\${rule.path}"))[rule.document]).spec.groups : [
        for part in range(ceil(length(group.rules) / ${RULES_PER_GROUP})) : {
          key      = part == 0 ? "\${name}.\${group.name}" : "\${name}.\${group.name}.\${part + 1}"
          interval = try(group.interval, "1m")
          rules    = slice(group.rules, part * ${RULES_PER_GROUP}, min(length(group.rules), (part + 1) * ${RULES_PER_GROUP}))
        }
      ]
    ]
  ])

  # Azure judges a group once a minute at most, and knows no keep_firing_for: an alert is over after ten quiet minutes.
  rule_groups = { for group in local.rules_in_git : group.key => {
    interval = endswith(group.interval, "s") ? "PT1M" : "PT\${upper(group.interval)}"
    rules = [for rule in group.rules : {
      alert       = try(rule.alert, null)
      record      = try(rule.record, null)
      expression  = rule.expr
      wait        = try("P\${can(regex("[dw]$", rule.for)) ? "" : "T"}\${upper(rule.for)}", null)
      labels      = { for key, value in try(rule.labels, {}) : key => value }
      annotations = { for key, value in try(rule.annotations, {}) : key => value }
    }]
  } }

  severities = { critical = 0, warning = 2 }
}

resource "azurerm_monitor_alert_prometheus_rule_group" "rules" {
  for_each = local.rule_groups

  name                = "\${var.cluster_name}-\${each.key}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  scopes              = [azurerm_monitor_workspace.main.id]
  interval            = each.value.interval
  tags                = local.tags

  dynamic "rule" {
    for_each = each.value.rules

    content {
      alert       = rule.value.alert
      record      = rule.value.record
      expression  = rule.value.expression
      for         = rule.value.wait
      labels      = rule.value.labels
      annotations = rule.value.alert == null ? null : rule.value.annotations
      severity    = rule.value.alert == null ? null : lookup(local.severities, lookup(rule.value.labels, "severity", "warning"), 2)

      dynamic "action" {
        for_each = rule.value.alert == null ? [] : [azurerm_monitor_action_group.alarms.id]

        content {
          action_group_id = action.value
        }
      }

      dynamic "alert_resolution" {
        for_each = rule.value.alert == null ? [] : ["PT10M"]

        content {
          auto_resolved   = true
          time_to_resolve = alert_resolution.value
        }
      }
    }
  }
}

# The dead-man switch: Azure judges it outside the cluster, and it fires when the cluster falls silent.
resource "azurerm_monitor_alert_prometheus_rule_group" "nothing_measured" {
  name                = "\${var.cluster_name}-nothing-is-measured"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  scopes              = [azurerm_monitor_workspace.main.id]
  interval            = "PT1M"
  tags                = local.tags

  rule {
    alert      = "NothingIsMeasured"
    expression = "absent(up{cluster=\\"\${var.cluster_name}\\"})"
    for        = "PT10M"
    severity   = 0
    labels     = { cluster = var.cluster_name, severity = "critical" }

    annotations = {
      summary     = "The cluster sends no metrics, so none of its alerts can fire."
      runbook_url = "docs/runbooks/metrics-missing.md"
    }

    action {
      action_group_id = azurerm_monitor_action_group.alarms.id
    }

    alert_resolution {
      auto_resolved   = true
      time_to_resolve = "PT10M"
    }
  }
}
`;
}
