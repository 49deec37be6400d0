# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# Secrets are encrypted with a key of this project before they reach the store of the control plane.

# Google never deletes a key ring, so its name is used up by the first cluster that has it.
resource "google_kms_key_ring" "main" {
  name     = var.cluster_name
  location = var.region
}

# Losing this key is losing every Secret of the cluster.
resource "google_kms_crypto_key" "secrets" {
  name            = "secrets"
  key_ring        = google_kms_key_ring.main.id
  rotation_period = "7776000s"

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_kms_crypto_key_iam_member" "gke" {
  crypto_key_id = google_kms_crypto_key.secrets.id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:service-${data.google_project.current.number}@container-engine-robot.iam.gserviceaccount.com"
}
