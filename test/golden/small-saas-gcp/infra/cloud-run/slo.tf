# Follows ADR-0018 (docs/adr/0018-platform-defaults-safe-from-the-first-day.md).
# Objectives and burn-rate alerts.

locals {
  # Measured at the load balancer, where users are, over all services: an instance that never starts counts too.
  requests = "resource.type = \"https_lb_rule\" AND resource.labels.url_map_name = \"${google_compute_url_map.https.name}\""

  slos = {
    availability = google_monitoring_slo.availability.name
    latency      = google_monitoring_slo.latency.name
  }

  # Share of the 30-day budget, divided by the share of 30 days that the long window is. The short window ends the alert
  # soon after the trouble. A fourth pair, three days and six hours, is missing: Cloud Monitoring looks back 24 hours.
  burn_rates = {
    fast   = { factor = 14.4, long = "3600s", short = "300s", receiver = "page", budget = "2 % of the budget within an hour" }
    slow   = { factor = 6, long = "21600s", short = "1800s", receiver = "page", budget = "5 % of the budget within six hours" }
    steady = { factor = 3, long = "86400s", short = "7200s", receiver = "ticket", budget = "10 % of the budget within a day" }
  }

  burn_alerts = merge([
    for objective, slo in local.slos : {
      for speed, rate in local.burn_rates : "${objective}-${speed}" => merge(rate, { objective = objective, slo = slo })
    }
  ]...)
}

resource "google_monitoring_custom_service" "web" {
  service_id   = "${var.name}-web"
  display_name = "${var.name} web"
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
      bad_service_filter   = "${local.requests} AND metric.type = \"loadbalancing.googleapis.com/https/request_count\" AND metric.labels.response_code_class = 500"
      total_service_filter = "${local.requests} AND metric.type = \"loadbalancing.googleapis.com/https/request_count\""
    }
  }
}

resource "google_monitoring_slo" "latency" {
  service             = google_monitoring_custom_service.web.service_id
  slo_id              = "latency"
  display_name        = "Requests answered within ${var.slo.latency_ms} ms"
  goal                = var.slo.latency
  rolling_period_days = 30
  user_labels         = local.labels

  request_based_sli {
    distribution_cut {
      distribution_filter = "${local.requests} AND metric.type = \"loadbalancing.googleapis.com/https/total_latencies\""

      range {
        max = var.slo.latency_ms
      }
    }
  }
}

resource "google_monitoring_alert_policy" "burn_rate" {
  for_each = local.burn_alerts

  display_name = "${var.name} web: ${each.value.objective} burns ${each.value.budget}"
  combiner     = "AND"
  severity     = each.value.receiver == "page" ? "CRITICAL" : "WARNING"
  user_labels  = local.labels

  conditions {
    display_name = "Burn rate over ${each.value.long}"

    condition_threshold {
      filter          = "select_slo_burn_rate(\"${each.value.slo}\", \"${each.value.long}\")"
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.factor
      duration        = "0s"
    }
  }

  conditions {
    display_name = "Burn rate over ${each.value.short}"

    condition_threshold {
      filter          = "select_slo_burn_rate(\"${each.value.slo}\", \"${each.value.short}\")"
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
    subject   = "${var.name} ${var.environment}: the ${each.value.objective} objective burns its budget"
    content   = "It burns ${each.value.budget}. Runbook: docs/runbooks/slo-burn.md"
    mime_type = "text/markdown"
  }
}
