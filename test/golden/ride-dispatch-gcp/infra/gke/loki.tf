# Follows ADR-0006 (docs/adr/0006-logs-loki.md).
# A bucket and the right to read and write it, for one component.

resource "google_storage_bucket" "logs" {
  # checkov:skip=CKV_GCP_62: Who reads and writes is in the audit log (infra/gcp-project).
  name                        = "${var.cluster_name}-logs-${data.google_project.current.number}"
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

resource "google_storage_bucket_iam_member" "logs" {
  for_each = toset(["roles/storage.legacyBucketReader", "roles/storage.objectUser"])

  bucket = google_storage_bucket.logs.name
  role   = each.value
  member = "principal://iam.googleapis.com/projects/${data.google_project.current.number}/locations/global/workloadIdentityPools/${var.project_id}.svc.id.goog/subject/ns/logging/sa/loki"
}
