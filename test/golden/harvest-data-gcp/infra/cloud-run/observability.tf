# Follows ADR-0013 (docs/adr/0013-metrics-the-cloud-providers-metrics-service.md).
# Alert receivers, probes, log retention, dashboard.

locals {
  receivers = {
    page   = var.alert_receiver
    ticket = coalesce(var.ticket_receiver, var.alert_receiver)
  }
}

resource "google_monitoring_notification_channel" "main" {
  for_each = local.receivers

  display_name = "${var.name} ${var.environment} ${each.key}"
  type         = startswith(each.value, "https://") ? "webhook_tokenauth" : "email"
  labels       = startswith(each.value, "https://") ? { url = each.value } : { email_address = each.value }
  user_labels  = local.labels
}

resource "google_logging_project_bucket_config" "default" {
  project        = var.project_id
  location       = "global"
  bucket_id      = "_Default"
  retention_days = var.log_retention_days
}

# From outside, through DNS, certificate, firewall and load balancer, also when nobody else asks.
resource "google_monitoring_uptime_check_config" "web" {
  for_each = local.served

  display_name = "${var.name} ${each.key}"
  period       = "60s"
  timeout      = "10s"
  user_labels  = local.labels

  http_check {
    path         = each.value.probe_path
    port         = 443
    use_ssl      = true
    validate_ssl = true
  }

  monitored_resource {
    type = "uptime_url"
    labels = {
      project_id = var.project_id
      host       = each.value.host
    }
  }
}

resource "google_monitoring_alert_policy" "unreachable" {
  for_each = google_monitoring_uptime_check_config.web

  display_name = "${var.name} ${each.key}: not reachable from outside"
  combiner     = "OR"
  severity     = "CRITICAL"
  user_labels  = local.labels

  conditions {
    display_name = "The check fails from two or more places for five minutes"

    condition_threshold {
      filter          = "resource.type = \"uptime_url\" AND metric.type = \"monitoring.googleapis.com/uptime_check/check_passed\" AND metric.labels.check_id = \"${each.value.uptime_check_id}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 1
      duration        = "300s"

      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_NEXT_OLDER"
        cross_series_reducer = "REDUCE_COUNT_FALSE"
        group_by_fields      = ["resource.label.host"]
      }
    }
  }

  notification_channels = [google_monitoring_notification_channel.main["page"].name]

  documentation {
    subject   = "${var.name} ${var.environment}: ${each.key} is not reachable from outside"
    content   = "Runbook: docs/runbooks/quota-and-region.md"
    mime_type = "text/markdown"
  }
}

# One certificate is for all of them. Google renews it a month ahead; two weeks before the end somebody has to look why it
# did not.
resource "google_monitoring_alert_policy" "certificate" {
  display_name = "${var.name} web: the certificate ends soon"
  combiner     = "OR"
  severity     = "WARNING"
  user_labels  = local.labels

  conditions {
    display_name = "Less than 14 days"

    condition_threshold {
      filter          = "resource.type = \"uptime_url\" AND metric.type = \"monitoring.googleapis.com/uptime_check/time_until_ssl_cert_expires\" AND metric.labels.check_id = \"${google_monitoring_uptime_check_config.web["web"].uptime_check_id}\""
      comparison      = "COMPARISON_LT"
      threshold_value = 14
      duration        = "600s"

      aggregations {
        alignment_period     = "1200s"
        per_series_aligner   = "ALIGN_NEXT_OLDER"
        cross_series_reducer = "REDUCE_MIN"
        group_by_fields      = ["resource.label.host"]
      }
    }
  }

  notification_channels = [google_monitoring_notification_channel.main["ticket"].name]

  documentation {
    subject   = "${var.name} ${var.environment}: the certificate ends soon"
    content   = "The DNS record of the authorization has to stay in place for renewals. Runbook: docs/runbooks/quota-and-region.md"
    mime_type = "text/markdown"
  }
}

resource "google_monitoring_alert_policy" "saturation" {
  for_each = local.services

  display_name = "${var.name} ${each.key}: near its limit of instances"
  combiner     = "OR"
  severity     = "WARNING"
  user_labels  = local.labels

  conditions {
    display_name = "Four fifths of the instances allowed for ten minutes"

    condition_threshold {
      filter          = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name = \"${var.name}-${each.key}\" AND metric.type = \"run.googleapis.com/container/instance_count\""
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.max_instances * 0.8
      duration        = "600s"

      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_MAX"
        cross_series_reducer = "REDUCE_SUM"
        group_by_fields      = ["resource.label.location"]
      }
    }
  }

  notification_channels = [google_monitoring_notification_channel.main["ticket"].name]

  documentation {
    subject   = "${var.name} ${var.environment}: ${each.key} is near its limit of instances"
    content   = "At the limit requests wait and then fail with status 429. Runbook: docs/runbooks/quota-and-region.md"
    mime_type = "text/markdown"
  }
}

locals {
  charts = {
    "Requests by response class"  = { filter = "${local.requests} AND metric.type = \"loadbalancing.googleapis.com/https/request_count\"", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["resource.label.backend_target_name", "metric.label.response_code_class"] }
    "Latency, 95th percentile"    = { filter = "${local.requests} AND metric.type = \"loadbalancing.googleapis.com/https/total_latencies\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_PERCENTILE_95", by = ["resource.label.backend_target_name"] }
    "Instances by region"         = { filter = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name = starts_with(\"${var.name}-\") AND metric.type = \"run.googleapis.com/container/instance_count\"", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = ["resource.label.service_name", "resource.label.location", "metric.label.state"] }
    "CPU use, 95th percentile"    = { filter = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name = starts_with(\"${var.name}-\") AND metric.type = \"run.googleapis.com/container/cpu/utilizations\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_PERCENTILE_95", by = ["resource.label.service_name", "resource.label.location"] }
    "Memory use, 95th percentile" = { filter = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name = starts_with(\"${var.name}-\") AND metric.type = \"run.googleapis.com/container/memory/utilizations\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_PERCENTILE_95", by = ["resource.label.service_name", "resource.label.location"] }
    "Blocked by the firewall"     = { filter = "resource.type = \"network_security_policy\" AND metric.type = \"networksecurity.googleapis.com/https/request_count\" AND metric.labels.blocked = true", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = [] }
  }
}

resource "google_monitoring_dashboard" "web" {
  dashboard_json = jsonencode({
    displayName = "${var.name} ${var.environment}"
    gridLayout = {
      columns = "2"
      widgets = [for title, chart in local.charts : {
        title = title
        xyChart = {
          dataSets = [{
            plotType   = "LINE"
            targetAxis = "Y1"
            timeSeriesQuery = {
              timeSeriesFilter = {
                filter = chart.filter
                aggregation = {
                  alignmentPeriod    = "60s"
                  perSeriesAligner   = chart.aligner
                  crossSeriesReducer = chart.reducer
                  groupByFields      = chart.by
                }
              }
            }
          }]
        }
      }]
    }
  })
}
