/** job.tf: the scheduled job, what starts it, and the alert when it fails. */
import { hcl } from '../../../files/hcl.ts';
import { environment, networkAccess, readyNetwork } from './containers.ts';
import type { Settings } from './settings.ts';

const FIRST_REGION = hcl`var.regions[0]`;
const GIVEN = hcl`var.job`;

export const job = (settings: Settings) => hcl`
resource "google_cloud_run_v2_job" "job" {
  name                = "\${var.name}-job"
  location            = var.regions[0]
  deletion_protection = var.deletion_protection

  template {
    task_count  = 1
    parallelism = 1

    template {
      service_account       = local.identities["job"]
      execution_environment = "EXECUTION_ENVIRONMENT_GEN2"
      timeout               = "\${var.job.timeout_seconds}s"
      max_retries           = var.job.max_retries

      ${networkAccess('job', FIRST_REGION)}

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

        ${environment('job', GIVEN)}
      }
    }
  }

  lifecycle {
    ignore_changes = [client, client_version]
  }

  depends_on = ${readyNetwork(settings)}
}

resource "google_cloud_run_v2_job_iam_member" "scheduler" {
  location = google_cloud_run_v2_job.job.location
  name     = google_cloud_run_v2_job.job.name
  role     = "roles/run.invoker"
  member   = "serviceAccount:\${local.scheduler}"
}

resource "google_cloud_scheduler_job" "job" {
  name             = "\${var.name}-job"
  region           = google_cloud_run_v2_job.job.location
  description      = "Starts \${var.name} job."
  schedule         = var.job.schedule
  time_zone        = var.job.time_zone
  attempt_deadline = "60s"

  retry_config {
    retry_count = 3
  }

  http_target {
    http_method = "POST"
    uri         = "https://run.googleapis.com/v2/\${google_cloud_run_v2_job.job.id}:run"

    oauth_token {
      service_account_email = local.scheduler
    }
  }

  depends_on = [google_cloud_run_v2_job_iam_member.scheduler]
}

resource "google_monitoring_alert_policy" "job" {
  display_name = "\${var.name} job: a run failed"
  combiner     = "OR"
  severity     = "WARNING"

  conditions {
    display_name = "A run failed after its retries"

    condition_threshold {
      filter          = "resource.type = \\"cloud_run_job\\" AND resource.labels.job_name = \\"\${google_cloud_run_v2_job.job.name}\\" AND metric.type = \\"run.googleapis.com/job/completed_execution_count\\" AND metric.labels.result = \\"failed\\""
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
    subject   = "\${var.name} \${var.environment}: a run of the job failed"
    content   = "Runbook: docs/runbooks/deploy-and-rollback.md"
    mime_type = "text/markdown"
  }
}
`;
