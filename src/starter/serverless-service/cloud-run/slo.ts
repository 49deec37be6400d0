/** slo.tf: objectives as users see them, and alerts on how fast their error budgets burn. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { burnRates } from '../burn-rates.ts';
import type { Settings } from './settings.ts';

const BURN_RATES = burnRates(seconds => `${seconds}s`);

interface Measured {
  readonly resource: HclExpression;
  /** Of the load balancer, as an address of the provider. */
  readonly urlMap: HclExpression;
  /** Where its metrics lie. */
  readonly metrics: HclExpression;
}
const measuredAt = ({ closed }: Settings): Measured =>
  closed
    ? {
        resource: hcl`internal_http_lb_rule`,
        urlMap: hcl`\${var.name}-https`,
        metrics: metricsOf(true),
      }
    : {
        resource: hcl`https_lb_rule`,
        urlMap: hcl`\${google_compute_url_map.https.name}`,
        metrics: metricsOf(false),
      };

export const metricsOf = (closed: boolean): HclExpression =>
  closed ? hcl`loadbalancing.googleapis.com/https/internal` : hcl`loadbalancing.googleapis.com/https`;

export const slo = (settings: Settings): HclExpression => objectives(measuredAt(settings));

const objectives = ({ resource, urlMap, metrics }: Measured) => hcl`
locals {
  # Measured at the load balancer, where users are, over all services: an instance that never starts counts too.
  requests = "resource.type = \\"${resource}\\" AND resource.labels.url_map_name = \\"${urlMap}\\""

  slos = {
    availability = google_monitoring_slo.availability.name
    latency      = google_monitoring_slo.latency.name
  }

  # Share of the 30-day budget, divided by the share of 30 days that the long window is. The short window ends the alert
  # soon after the trouble. A fourth pair, three days and six hours, is missing: Cloud Monitoring looks back 24 hours.
  burn_rates = {
    ${BURN_RATES}
  }

  burn_alerts = merge([
    for objective, slo in local.slos : {
      for speed, rate in local.burn_rates : "\${objective}-\${speed}" => merge(rate, { objective = objective, slo = slo })
    }
  ]...)
}

resource "google_monitoring_custom_service" "web" {
  service_id   = "\${var.name}-web"
  display_name = "\${var.name} web"
  user_labels  = local.labels
}

resource "google_monitoring_slo" "availability" {
  service             = google_monitoring_custom_service.web.service_id
  slo_id              = "availability"
  display_name        = "Requests answered without a server error"
  goal                = var.slo.availability
  rolling_period_days = 30
  user_labels         = local.labels

  request_based_sli {
    good_total_ratio {
      bad_service_filter   = "\${local.requests} AND metric.type = \\"${metrics}/request_count\\" AND metric.labels.response_code_class = 500"
      total_service_filter = "\${local.requests} AND metric.type = \\"${metrics}/request_count\\""
    }
  }
}

resource "google_monitoring_slo" "latency" {
  service             = google_monitoring_custom_service.web.service_id
  slo_id              = "latency"
  display_name        = "Requests answered within \${var.slo.latency_ms} ms"
  goal                = var.slo.latency
  rolling_period_days = 30
  user_labels         = local.labels

  request_based_sli {
    distribution_cut {
      distribution_filter = "\${local.requests} AND metric.type = \\"${metrics}/total_latencies\\""

      range {
        max = var.slo.latency_ms
      }
    }
  }
}

resource "google_monitoring_alert_policy" "burn_rate" {
  for_each = local.burn_alerts

  display_name = "\${var.name} web: \${each.value.objective} burns \${each.value.budget}"
  combiner     = "AND"
  severity     = each.value.receiver == "page" ? "CRITICAL" : "WARNING"
  user_labels  = local.labels

  conditions {
    display_name = "Burn rate over \${each.value.long}"

    condition_threshold {
      filter          = "select_slo_burn_rate(\\"\${each.value.slo}\\", \\"\${each.value.long}\\")"
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.factor
      duration        = "0s"
    }
  }

  conditions {
    display_name = "Burn rate over \${each.value.short}"

    condition_threshold {
      filter          = "select_slo_burn_rate(\\"\${each.value.slo}\\", \\"\${each.value.short}\\")"
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.factor
      duration        = "0s"
    }
  }

  notification_channels = [google_monitoring_notification_channel.main[each.value.receiver].name]

  alert_strategy {
    auto_close = "86400s"
  }

  documentation {
    subject   = "\${var.name} \${var.environment}: the \${each.value.objective} objective burns its budget"
    content   = "It burns \${each.value.budget}. Runbook: docs/runbooks/slo-burn.md"
    mime_type = "text/markdown"
  }
}
`;
