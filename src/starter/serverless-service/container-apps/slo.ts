/** slo.tf: objectives as users see them, and alerts on how fast their error budgets burn. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { burnRates } from '../burn-rates.ts';
import { together } from '../code.ts';
import type { Settings } from './settings.ts';

export function slo({ exposed }: Settings): HclExpression {
  return together(exposed ? AT_FRONT_DOOR : AT_INGRESS, ALERTS);
}

const AT_FRONT_DOOR = hcl`
locals {
  # Measured at Front Door, where users are: a service that cannot be reached counts too. What the web application
  # firewall blocked is no answer of ours.
  requests = <<-QUERY
    AzureDiagnostics
    | where Category == "FrontDoorAccessLog" and _ResourceId =~ "\${azurerm_cdn_frontdoor_profile.main.id}"
    | extend status = toint(column_ifexists("httpStatusCode_s", "0")), milliseconds = 1000 * todouble(column_ifexists("timeTaken_s", "0"))
    | where status > 0
  QUERY
}
`;

const AT_INGRESS = hcl`
locals {
  # Measured at the ingress of the environment, where callers of the network arrive, for all services together.
  requests = <<-QUERY
    ContainerAppHTTPLogs
    | where EnvironmentName =~ "\${azurerm_container_app_environment.main.name}"
    | extend status = StatusCode, milliseconds = todouble(RequestDuration)
    | where status > 0
  QUERY
}
`;

const ALERTS = hcl`
locals {
  objectives = {
    availability = { goal = var.slo.availability, bad = "status >= 500" }
    latency      = { goal = var.slo.latency, bad = "status < 500 and milliseconds > \${var.slo.latency_ms}" }
  }

  # Share of the 30-day budget, divided by the share of 30 days that the long window is. The short window ends the alert
  # soon after the trouble; records arrive some minutes late, so it looks a little further back. A fourth pair, three
  # days and six hours, is missing: such a rule looks back two days at most.
  burn_rates = {
    ${burnRates(seconds => Math.round(seconds / 60))}
  }

  # As Azure writes durations; a rule that looks back a day may not run every five minutes.
  windows     = { 60 = "PT1H", 360 = "PT6H", 1440 = "P1D" }
  frequencies = { 60 = "PT5M", 360 = "PT15M", 1440 = "PT1H" }

  burn_alerts = merge([
    for objective, target in local.objectives : {
      for speed, rate in local.burn_rates : "\${objective}-\${speed}" => merge(rate, target, { objective = objective })
    }
  ]...)
}

resource "azurerm_monitor_scheduled_query_rules_alert_v2" "burn_rate" {
  for_each = local.burn_alerts

  name                    = "slo-\${each.key}"
  display_name            = "\${var.name} \${var.environment}: \${each.value.objective} burns \${each.value.budget}"
  description             = "It burns \${each.value.budget}. Runbook: docs/runbooks/slo-burn.md"
  location                = var.location
  resource_group_name     = local.group
  scopes                  = [local.workspace_id]
  severity                = each.value.receiver == "page" ? 0 : 2
  evaluation_frequency    = local.frequencies[each.value.long]
  window_duration         = local.windows[each.value.long]
  auto_mitigation_enabled = true
  tags                    = local.tags

  # The table is there from the first request on.
  skip_query_validation = true

  criteria {
    query                   = <<-QUERY
      \${trimspace(local.requests)}
      | summarize
          long_all = count(),
          long_bad = countif(\${each.value.bad}),
          short_all = countif(TimeGenerated > ago(\${each.value.short + 5}m)),
          short_bad = countif(TimeGenerated > ago(\${each.value.short + 5}m) and \${each.value.bad})
      | where long_all > 0 and short_all > 0
      | extend
          long_rate = todouble(long_bad) / long_all / \${1 - each.value.goal},
          short_rate = todouble(short_bad) / short_all / \${1 - each.value.goal}
      | where long_rate > \${each.value.factor} and short_rate > \${each.value.factor}
    QUERY
    operator                = "GreaterThan"
    threshold               = 0
    time_aggregation_method = "Count"
  }

  action {
    action_groups = [azurerm_monitor_action_group.main[each.value.receiver].id]
  }
}
`;
