/** A bucket of one component: closed to the public, without passwords of its own, emptied by age. */
import { type HclExpression, hcl, hclIdentifier } from '../../../files/hcl.ts';
import type { ObjectStore } from '../../foundation.ts';

/** `member` is an expression: who reads and writes it. */
export function storeResources({ id, days, followed }: ObjectStore, member: HclExpression): HclExpression {
  const name = hclIdentifier(id);
  const label: HclExpression = { kind: 'expression', code: name };
  const ending: HclExpression = { kind: 'expression', code: id };
  return hcl`
resource "google_storage_bucket" ${name} {
  # checkov:skip=CKV_GCP_62: Who reads and writes is in the audit log (infra/gcp-project).
  name                        = "\${var.cluster_name}-${ending}-\${data.google_project.current.number}"
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
      age = ${days}
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

resource "google_storage_bucket_iam_member" ${name} {
  for_each = toset(["roles/storage.legacyBucketReader", "roles/storage.objectUser"])

  bucket = google_storage_bucket.${label}.name
  role   = each.value
  member = ${member}
}
${followed === undefined ? NOTHING : readFollowed(id, member)}`;
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };

/** What the component follows lies in the bucket of a cluster of another region, which was made before this one. */
function readFollowed(id: string, member: HclExpression): HclExpression {
  return hcl`
variable "archive_of" {
  description = "The cluster of this project whose archive this one follows; null where it follows none."
  type        = string
  default     = null
}

resource "google_storage_bucket_iam_member" ${hclIdentifier(`${id}_followed`)} {
  for_each = toset(var.archive_of == null ? [] : ["roles/storage.legacyBucketReader", "roles/storage.objectViewer"])

  bucket = "\${var.archive_of}-${{ kind: 'expression', code: id }}-\${data.google_project.current.number}"
  role   = each.value
  member = ${member}
}
`;
}
