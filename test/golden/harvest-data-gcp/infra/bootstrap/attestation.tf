# Follows ADR-0011 (docs/adr/0011-image-signing-binary-authorization.md).
# Which images may start: those that the pipeline attested.

resource "google_kms_key_ring" "images" {
  name     = "images"
  location = var.region

  depends_on = [google_project_service.main]
}

# Signs attestations and never leaves the key store.
resource "google_kms_crypto_key" "attestor" {
  # checkov:skip=CKV_GCP_43: A key that signs is replaced by a new version on purpose, together with the attestor.

  name     = "attestor"
  key_ring = google_kms_key_ring.images.id
  purpose  = "ASYMMETRIC_SIGN"

  version_template {
    algorithm        = "EC_SIGN_P256_SHA256"
    protection_level = "SOFTWARE"
  }

  lifecycle {
    prevent_destroy = true
  }
}

data "google_kms_crypto_key_version" "attestor" {
  crypto_key = google_kms_crypto_key.attestor.id
}

resource "google_container_analysis_note" "attestor" {
  name = "built-by-github"

  attestation_authority {
    hint {
      human_readable_name = "Built and attested by the workflow image, on main."
    }
  }

  depends_on = [google_project_service.main]
}

resource "google_binary_authorization_attestor" "main" {
  name = "built-by-github"

  attestation_authority_note {
    note_reference = google_container_analysis_note.attestor.name

    public_keys {
      id = data.google_kms_crypto_key_version.attestor.id

      pkix_public_key {
        public_key_pem      = data.google_kms_crypto_key_version.attestor.public_key[0].pem
        signature_algorithm = data.google_kms_crypto_key_version.attestor.public_key[0].algorithm
      }
    }
  }
}

# The pipeline attests what it built. It can change neither the policy nor the attestor.
resource "google_kms_crypto_key_iam_member" "push" {
  crypto_key_id = google_kms_crypto_key.attestor.id
  role          = "roles/cloudkms.signerVerifier"
  member        = google_service_account.push.member
}

resource "google_project_iam_member" "attest" {
  for_each = toset(["roles/binaryauthorization.attestorsViewer", "roles/containeranalysis.notes.attacher", "roles/containeranalysis.occurrences.editor"])

  project = var.project_id
  role    = each.key
  member  = google_service_account.push.member
}

# What has no attestation does not start; the sample is not ours to attest.
resource "google_binary_authorization_policy" "main" {
  global_policy_evaluation_mode = "ENABLE"

  admission_whitelist_patterns {
    name_pattern = "${var.region}-docker.pkg.dev/${var.project_id}/upstream/*"
  }

  default_admission_rule {
    evaluation_mode         = "REQUIRE_ATTESTATION"
    enforcement_mode        = "ENFORCED_BLOCK_AND_AUDIT_LOG"
    require_attestations_by = [google_binary_authorization_attestor.main.name]
  }
}
