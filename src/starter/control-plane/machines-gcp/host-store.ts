/** host-store.tf: the bucket in which machines find what they are told, and leave snapshots of etcd. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';

const NOTHING = hcl``;
const CARRIED = hcl` || resource.name.startsWith('\${local.host_store}/carried/')`;

/** `programs`: what machines install themselves from may lie there as well, for all of them. */
export const hostStoreBucket = (programs: 'published' | 'carried'): HclExpression => hcl`
resource "google_storage_bucket" "hosts" {
  # checkov:skip=CKV_GCP_62: Who reads and writes is in the audit log (infra/gcp-project).
  name                        = "\${var.cluster_name}-hosts-\${data.google_project.current.number}"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  versioning {
    enabled = true
  }

  encryption {
    default_kms_key_name = google_kms_crypto_key.disks.id
  }

  # Snapshots of etcd.
  lifecycle_rule {
    condition {
      age            = 35
      matches_prefix = ["etcd/"]
    }

    action {
      type = "Delete"
    }
  }

  lifecycle_rule {
    condition {
      days_since_noncurrent_time = 35
      with_state                 = "ARCHIVED"
    }

    action {
      type = "Delete"
    }
  }

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [google_kms_crypto_key_iam_member.disks]
}

locals {
  host_store = "projects/_/buckets/\${google_storage_bucket.hosts.name}/objects"
  # What a role reads: what its own machines are told, and what all of them know.
  store_readers = { for role in local.roles : role => "resource.name.startsWith('\${local.host_store}/hosts/\${role}/') || resource.name.startsWith('\${local.host_store}/shared/')${programs === 'carried' ? CARRIED : NOTHING}" }
}

resource "google_storage_bucket_iam_member" "reads" {
  for_each = local.store_readers

  bucket = google_storage_bucket.hosts.name
  role   = "roles/storage.objectViewer"
  member = google_service_account.machine[each.key].member

  condition {
    title      = "of-the-role-\${each.key}"
    expression = each.value
  }
}

# Whoever founds the cluster says so, and snapshots are read again when they are needed. The bucket itself, which is listing: without it
# Google answers "forbidden" where it would say "not there", and nobody would found the cluster.
resource "google_storage_bucket_iam_member" "control_plane" {
  bucket = google_storage_bucket.hosts.name
  role   = "roles/storage.objectUser"
  member = google_service_account.machine["control-plane"].member

  condition {
    title      = "snapshots-and-founding"
    expression = "resource.name.startsWith('\${local.host_store}/etcd/') || resource.name.startsWith('\${local.host_store}/shared/') || resource.name == 'projects/_/buckets/\${google_storage_bucket.hosts.name}'"
  }
}
`;
