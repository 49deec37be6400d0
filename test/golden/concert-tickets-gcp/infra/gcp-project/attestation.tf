# Follows ADR-0016 (docs/adr/0016-image-signing-binary-authorization.md).
# Which images may start in the clusters of this project: those of publishers that are named here, and own ones that were attested.

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

variable "attestation_enforced" {
  description = "Refuse own images that nobody attested; until then they are only written down in the audit log."
  type        = bool
  default     = false
}

locals {
  # What others publish: read before it is taken, and named by version.
  published = concat(
    [for pair in setproduct(var.registry_regions, ["docker-hub", "ghcr", "ecr-public", "quay", "kubernetes"]) : "${pair[0]}-docker.pkg.dev/${var.project_id}/${pair[1]}/**"],
    # What delivers is there before anything tells it of the copies.
    ["ghcr.io/controlplaneio-fluxcd/**", "ghcr.io/fluxcd/**"],
  )
}

resource "google_binary_authorization_policy" "main" {
  global_policy_evaluation_mode = "ENABLE"

  dynamic "admission_whitelist_patterns" {
    for_each = local.published

    content {
      name_pattern = admission_whitelist_patterns.value
    }
  }

  default_admission_rule {
    evaluation_mode         = "REQUIRE_ATTESTATION"
    enforcement_mode        = var.attestation_enforced ? "ENFORCED_BLOCK_AND_AUDIT_LOG" : "DRYRUN_AUDIT_LOG_ONLY"
    require_attestations_by = [google_binary_authorization_attestor.main.name]
  }
}
