# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# The scheduled job.

resource "google_cloud_run_v2_job" "job" {
  name                = "${var.name}-job"
  location            = var.regions[0]
  deletion_protection = var.deletion_protection

  # Only images that the pipeline attested start (infra/bootstrap/attestation.tf).
  binary_authorization {
    use_default = true
  }

  template {
    task_count  = 1
    parallelism = 1

    template {
      service_account       = local.identities["job"]
      execution_environment = "EXECUTION_ENVIRONMENT_GEN2"
      timeout               = "${var.job.timeout_seconds}s"
      max_retries           = var.job.max_retries

      vpc_access {
        egress = "ALL_TRAFFIC"

        network_interfaces {
          network    = google_compute_network.main.id
          subnetwork = google_compute_subnetwork.main[var.regions[0]].id
          tags       = ["job"]
        }
      }

      containers {
        name    = "job"
        image   = local.images.job
        command = var.job.image == null ? ["/bin/echo", "The job has no image of its own yet."] : null

        resources {
          limits = {
            cpu    = var.job.cpu
            memory = var.job.memory
          }
        }

        dynamic "env" {
          for_each = var.job.environment

          content {
            name  = env.key
            value = env.value
          }
        }

        dynamic "env" {
          for_each = local.mounted_secrets["job"]

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

resource "google_cloud_run_v2_job_iam_member" "scheduler" {
  location = google_cloud_run_v2_job.job.location
  name     = google_cloud_run_v2_job.job.name
  role     = "roles/run.invoker"
  member   = "serviceAccount:${local.scheduler}"
}

resource "google_cloud_scheduler_job" "job" {
  name             = "${var.name}-job"
  region           = google_cloud_run_v2_job.job.location
  description      = "Starts ${var.name} job."
  schedule         = var.job.schedule
  time_zone        = var.job.time_zone
  attempt_deadline = "60s"

  retry_config {
    retry_count = 3
  }

  http_target {
    http_method = "POST"
    uri         = "https://run.googleapis.com/v2/${google_cloud_run_v2_job.job.id}:run"

    oauth_token {
      service_account_email = local.scheduler
    }
  }

  depends_on = [google_cloud_run_v2_job_iam_member.scheduler]
}

resource "google_monitoring_alert_policy" "job" {
  display_name = "${var.name} job: a run failed"
  combiner     = "OR"
  severity     = "WARNING"

  conditions {
    display_name = "A run failed after its retries"

    condition_threshold {
      filter          = "resource.type = \"cloud_run_job\" AND resource.labels.job_name = \"${google_cloud_run_v2_job.job.name}\" AND metric.type = \"run.googleapis.com/job/completed_execution_count\" AND metric.labels.result = \"failed\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period   = "300s"
        per_series_aligner = "ALIGN_DELTA"
      }
    }
  }

  notification_channels = [google_monitoring_notification_channel.main["ticket"].name]

  documentation {
    subject   = "${var.name} ${var.environment}: a run of the job failed"
    content   = "Runbook: docs/runbooks/deploy-and-rollback.md"
    mime_type = "text/markdown"
  }
}
