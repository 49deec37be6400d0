# Follows ADR-0004 (docs/adr/0004-backup-the-cloud-providers-backup-service.md).
# Objects and volumes of the cluster are copied every night and kept for five weeks; nobody deletes a copy of the last week.

resource "google_kms_crypto_key" "backups" {
  name            = "backups"
  key_ring        = google_kms_key_ring.main.id
  rotation_period = "7776000s"

  lifecycle {
    prevent_destroy = true
  }
}

# The agent within the control plane writes objects, the service itself volumes (docs/runbooks/bootstrap.md makes its account).
resource "google_kms_crypto_key_iam_member" "backups" {
  for_each = toset(["container-engine-robot", "gcp-sa-gkebackup"])

  crypto_key_id = google_kms_crypto_key.backups.id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:service-${data.google_project.current.number}@${each.key}.iam.gserviceaccount.com"
}

resource "google_gke_backup_backup_plan" "nightly" {
  name        = "${var.cluster_name}-nightly"
  description = "Every namespace of ${var.cluster_name}, with its volumes."
  cluster     = google_container_cluster.main.id
  location    = var.region

  backup_config {
    all_namespaces      = true
    include_secrets     = true
    include_volume_data = true

    encryption_key {
      gcp_kms_encryption_key = google_kms_crypto_key.backups.id
    }
  }

  backup_schedule {
    cron_schedule = "17 2 * * *"
  }

  retention_policy {
    backup_delete_lock_days = 7
    backup_retain_days      = 35
  }

  depends_on = [google_kms_crypto_key_iam_member.backups]
}

resource "google_monitoring_alert_policy" "backup" {
  display_name = "${var.cluster_name}: The copy of the night failed, or did not come."
  combiner     = "OR"
  severity     = "CRITICAL"

  conditions {
    display_name = "A copy failed."

    condition_threshold {
      filter          = "resource.type = \"gkebackup.googleapis.com/BackupPlan\" AND resource.labels.backup_plan_id = \"${google_gke_backup_backup_plan.nightly.name}\" AND metric.type = \"gkebackup.googleapis.com/backup_completion_times\" AND metric.labels.state = \"FAILED\""
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
      filter                  = "resource.type = \"gkebackup.googleapis.com/BackupPlan\" AND resource.labels.backup_plan_id = \"${google_gke_backup_backup_plan.nightly.name}\" AND metric.type = \"gkebackup.googleapis.com/backup_completion_times\" AND metric.labels.state = \"SUCCEEDED\""
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
