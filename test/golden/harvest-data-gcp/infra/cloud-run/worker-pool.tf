# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# The worker.

resource "google_cloud_run_v2_worker_pool" "worker" {
  for_each = toset(var.regions)

  name                = "${var.name}-worker"
  location            = each.key
  description         = "Pulls its work."
  deletion_protection = var.deletion_protection

  # Only images that the pipeline attested start (infra/bootstrap/attestation.tf).
  binary_authorization {
    use_default = true
  }

  scaling {
    scaling_mode          = "MANUAL"
    manual_instance_count = var.worker.instances
  }

  template {
    service_account = local.identities["worker"]

    vpc_access {
      egress = "ALL_TRAFFIC"

      network_interfaces {
        network    = google_compute_network.main.id
        subnetwork = google_compute_subnetwork.main[each.key].id
        tags       = ["worker"]
      }
    }

    containers {
      name  = "worker"
      image = local.images.worker

      resources {
        limits = {
          cpu    = var.worker.cpu
          memory = var.worker.memory
        }
      }

      dynamic "env" {
        for_each = var.worker.environment

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = local.mounted_secrets["worker"]

        content {
          name = env.key

          value_source {
            secret_key_ref {
              secret  = env.value.secret
              version = env.value.version
            }
          }
        }
      }
    }
  }

  lifecycle {
    ignore_changes = [client, client_version]
  }

  depends_on = [
    google_compute_network_firewall_policy_association.egress,
    google_compute_network_firewall_policy_rule.google_apis,
    google_dns_record_set.google_apis_names,
    google_secret_manager_secret_iam_member.reader,
  ]
}

# Nobody calls a worker, so nobody notices when it stops: fewer instances than asked for is an alert.
resource "google_monitoring_alert_policy" "worker" {
  display_name = "${var.name} worker: fewer instances than asked for"
  combiner     = "OR"
  severity     = "WARNING"

  conditions {
    display_name = "Fewer than ${var.worker.instances} instances in a region for ten minutes"

    condition_threshold {
      filter                  = "resource.type = \"cloud_run_worker_pool\" AND resource.labels.worker_pool_name = \"${var.name}-worker\" AND metric.type = \"run.googleapis.com/container/instance_count\""
      comparison              = "COMPARISON_LT"
      threshold_value         = var.worker.instances
      duration                = "600s"
      evaluation_missing_data = "EVALUATION_MISSING_DATA_ACTIVE"

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
    subject   = "${var.name} ${var.environment}: the worker has too few instances"
    content   = "Runbook: docs/runbooks/deploy-and-rollback.md"
    mime_type = "text/markdown"
  }
}
