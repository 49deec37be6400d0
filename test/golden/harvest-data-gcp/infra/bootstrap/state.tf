# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# The bucket that holds all state of this environment.

import {
  to = google_storage_bucket.state
  id = "${var.project_id}/${var.project_id}-state"
}

resource "google_storage_bucket" "state" {
  # checkov:skip=CKV_GCP_62: Reads and writes are in the audit log (project.tf).

  name                        = "${var.project_id}-state"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  versioning {
    enabled = true
  }

  lifecycle_rule {
    condition {
      num_newer_versions = 50
      with_state         = "ARCHIVED"
    }

    action {
      type = "Delete"
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
