/** worker-pool.tf: the worker that pulls its work, and the alert when it stops. */
import { hcl } from '../../../files/hcl.ts';
import { environment, networkAccess, readyNetwork } from './containers.ts';
import type { Settings } from './settings.ts';

const EACH_REGION = hcl`each.key`;
const GIVEN = hcl`var.worker`;

export const workerPool = (settings: Settings) => hcl`
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

      ${environment('worker', GIVEN)}
    }
  }

  lifecycle {
    ignore_changes = [client, client_version]
  }

  depends_on = ${readyNetwork(settings)}
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
