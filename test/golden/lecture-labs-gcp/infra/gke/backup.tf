# Follows ADR-0006 (docs/adr/0006-backup-the-cloud-providers-backup-service.md).
# Objects and volumes of the cluster are copied every night and kept for five weeks; nobody deletes a copy of the last week.

resource "google_kms_crypto_key" "backups" {
  name            = "backups"
  key_ring        = google_kms_key_ring.main.id
  rotation_period = "7776000s"

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_kms_crypto_key_iam_member" "backups" {
  crypto_key_id = google_kms_crypto_key.backups.id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:service-${data.google_project.current.number}@gcp-sa-gkebackup.iam.gserviceaccount.com"
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
