/** encryption.tf: the key of disks, of volumes and of what machines fetch. */
import { hcl } from '../../../files/hcl.ts';

export const ENCRYPTION = hcl`
# Google never deletes a key ring, so its name is used up by the first cluster that has it.
resource "google_kms_key_ring" "main" {
  name     = var.cluster_name
  location = var.region
}

# Losing this key is losing etcd, every volume and every copy that lies in a bucket beside it.
resource "google_kms_crypto_key" "disks" {
  name            = "disks"
  key_ring        = google_kms_key_ring.main.id
  rotation_period = "7776000s"

  lifecycle {
    prevent_destroy = true
  }
}

data "google_storage_project_service_account" "current" {
  project = var.project_id
}

# Google itself, where it attaches a disk or opens a bucket.
resource "google_kms_crypto_key_iam_member" "disks" {
  for_each = {
    disks   = "serviceAccount:service-\${data.google_project.current.number}@compute-system.iam.gserviceaccount.com"
    buckets = "serviceAccount:\${data.google_storage_project_service_account.current.email_address}"
  }

  crypto_key_id = google_kms_crypto_key.disks.id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = each.value
}
`;
