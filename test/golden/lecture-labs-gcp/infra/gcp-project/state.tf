# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# State holds addresses and names of everything: private, and every version kept.

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
