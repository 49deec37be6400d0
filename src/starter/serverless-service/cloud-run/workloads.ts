/** service-web.tf, worker-pool.tf and job.tf. */
import { hcl } from '../../../files/hcl.ts';
import { environment, networkAccess, READY_NETWORK } from './containers.ts';

const EACH_REGION = hcl`each.key`;
const FIRST_REGION = hcl`var.regions[0]`;

export const SERVICE_WEB = hcl`
resource "google_cloud_run_v2_service" "web" {
  for_each = toset(var.regions)

  name                = "\${var.name}-web"
  location            = each.key
  description         = "Answers requests for \${var.domain}."
  deletion_protection = var.deletion_protection

  # Only the load balancer reaches it, and with it the web application firewall. The load balancer carries no identity,
  # so the service asks for none.
  ingress              = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  invoker_iam_disabled = true

  scaling {
    min_instance_count = var.web.min_instances
  }

  template {
    service_account                  = local.identities["web"]
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"
    timeout                          = "\${var.web.timeout_seconds}s"
    max_instance_request_concurrency = var.web.concurrency

    scaling {
      max_instance_count = var.web.max_instances
    }

    ${networkAccess('web', EACH_REGION)}

    containers {
      name    = "web"
      image   = local.images.web
      command = var.web.image == null && var.web.http2 ? ["./podinfo", "--h2c"] : null

      ports {
        name           = var.web.http2 ? "h2c" : "http1"
        container_port = var.web.port
      }

      resources {
        startup_cpu_boost = true
        cpu_idle          = true
        limits = {
          cpu    = var.web.cpu
          memory = var.web.memory
        }
      }

      ${environment('web')}

      # Up to two minutes: the network of a new instance can take more than one.
      startup_probe {
        period_seconds    = 5
        timeout_seconds   = 3
        failure_threshold = 24

        http_get {
          path = var.web.startup_path
          port = var.web.port
        }
      }

      liveness_probe {
        period_seconds    = 10
        timeout_seconds   = 3
        failure_threshold = 3

        http_get {
          path = var.web.liveness_path
          port = var.web.port
        }
      }
    }
  }

  # Counts at creation only. From then on scripts/rollout.sh moves traffic, in steps, and a new revision starts with none.
  traffic {
    type    = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
    percent = 100
  }

  lifecycle {
    ignore_changes = [traffic, client, client_version]
  }

  depends_on = ${READY_NETWORK}
}
`;

export const WORKER_POOL = hcl`
resource "google_cloud_run_v2_worker_pool" "worker" {
  for_each = toset(var.regions)

  name                = "\${var.name}-worker"
  location            = each.key
  description         = "Pulls its work."
  deletion_protection = var.deletion_protection

  scaling {
    scaling_mode          = "MANUAL"
    manual_instance_count = var.worker.instances
  }

  template {
    service_account = local.identities["worker"]

    ${networkAccess('worker', EACH_REGION)}

    containers {
      name  = "worker"
      image = local.images.worker

      resources {
        limits = {
          cpu    = var.worker.cpu
          memory = var.worker.memory
        }
      }

      ${environment('worker')}
    }
  }

  lifecycle {
    ignore_changes = [client, client_version]
  }

  depends_on = ${READY_NETWORK}
}

# Nobody calls a worker, so nobody notices when it stops: fewer instances than asked for is an alert.
resource "google_monitoring_alert_policy" "worker" {
  display_name = "\${var.name} worker: fewer instances than asked for"
  combiner     = "OR"
  severity     = "WARNING"

  conditions {
    display_name = "Fewer than \${var.worker.instances} instances in a region for ten minutes"

    condition_threshold {
      filter                  = "resource.type = \\"cloud_run_worker_pool\\" AND resource.labels.worker_pool_name = \\"\${var.name}-worker\\" AND metric.type = \\"run.googleapis.com/container/instance_count\\""
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
    subject   = "\${var.name} \${var.environment}: the worker has too few instances"
    content   = "Runbook: docs/runbooks/deploy-and-rollback.md"
    mime_type = "text/markdown"
  }
}
`;

export const JOB = hcl`
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

        ${environment('job')}
      }
    }
  }

  lifecycle {
    ignore_changes = [client, client_version]
  }

  depends_on = ${READY_NETWORK}
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
