/** The bucket that holds all state of one project; it locks by itself. */
import { hcl } from '../../files/hcl.ts';

/** Needs `var.project_id` and `var.region`. */
export const STATE_BUCKET = hcl`resource "google_storage_bucket" "state" {
  # checkov:skip=CKV_GCP_62: Reads and writes are in the audit log (project.tf).

  name                        = "\${var.project_id}-state"
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
}`;
