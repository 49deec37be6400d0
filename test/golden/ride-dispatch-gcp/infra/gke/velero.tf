# Follows ADR-0004 (docs/adr/0004-backup-velero.md).
# The bucket of the backups, the right to read and write it, and snapshots of volumes.

resource "google_service_account" "velero" {
  account_id   = "${var.short_name}-velero"
  display_name = "Backups of ${var.cluster_name}."
}

resource "google_service_account_iam_member" "velero" {
  service_account_id = google_service_account.velero.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:${var.project_id}.svc.id.goog[velero/velero]"
}

# Signs addresses of its own bucket, and nothing of anybody else.
resource "google_service_account_iam_member" "velero_signs" {
  service_account_id = google_service_account.velero.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = google_service_account.velero.member
}


resource "google_project_iam_member" "velero" {
  project = var.project_id
  role    = "projects/${var.project_id}/roles/platformSnapshots"
  member  = google_service_account.velero.member
}

resource "google_storage_bucket" "backups" {
  # checkov:skip=CKV_GCP_62: Who reads and writes is in the audit log (infra/gcp-project).
  name                        = "${var.cluster_name}-backups-${data.google_project.current.number}"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  versioning {
    enabled = true
  }

  # The component deletes what is too old itself; this removes what it forgot, and old versions.
  lifecycle_rule {
    condition {
      age = 37
    }

    action {
      type = "Delete"
    }
  }

  lifecycle_rule {
    condition {
      days_since_noncurrent_time = 7
      with_state                 = "ARCHIVED"
    }

    action {
      type = "Delete"
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_storage_bucket_iam_member" "backups" {
  for_each = toset(["roles/storage.legacyBucketReader", "roles/storage.objectUser"])

  bucket = google_storage_bucket.backups.name
  role   = each.value
  member = google_service_account.velero.member
}
