/** What Backup for GKE reports of itself: a copy that failed, and a day without one. */
import { hcl } from '../../../files/hcl.ts';

const COPIES = String.raw`resource.type = \"gkebackup.googleapis.com/BackupPlan\" AND resource.labels.backup_plan_id = \"${'${google_gke_backup_backup_plan.nightly.name}'}\" AND metric.type = \"gkebackup.googleapis.com/backup_completion_times\"`;
const copiesThat = (state: string) =>
  ({ kind: 'expression', code: String.raw`"${COPIES} AND metric.labels.state = \"${state}\""` }) as const;

export const BACKUP_ALARM = hcl`
resource "google_monitoring_alert_policy" "backup" {
  display_name = "\${var.cluster_name}: The copy of the night failed, or did not come."
  combiner     = "OR"
  severity     = "CRITICAL"

  conditions {
    display_name = "A copy failed."

    condition_threshold {
      filter          = ${copiesThat('FAILED')}
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period     = "600s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_COUNT"
      }
    }
  }

  # A day and most of an hour: longer than Google looks back there is none.
  conditions {
    display_name = "No copy was completed within a day."

    condition_threshold {
      filter                  = ${copiesThat('SUCCEEDED')}
      comparison              = "COMPARISON_LT"
      threshold_value         = 1
      duration                = "60s"
      evaluation_missing_data = "EVALUATION_MISSING_DATA_ACTIVE"

      aggregations {
        alignment_period     = "89940s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_COUNT"
      }
    }
  }

  notification_channels = [google_monitoring_notification_channel.on_call.name]

  documentation {
    content   = "Runbook: docs/runbooks/restore.md"
    mime_type = "text/markdown"
  }
}
`;
