/** Who attests images in a project of Google Cloud: a key that never leaves the key store, in the hands of the pipeline alone. */
import { hcl } from '../../files/hcl.ts';

/** Needs `google_service_account.push`, `google_project_service.main` and `var.region`. */
export const ATTESTOR = hcl`resource "google_kms_key_ring" "images" {
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
}`;

/**
 * Shell after the push, in a step that knows REPOSITORY, and the file digest; indented by ten. The key lies in the region
 * of what is named: of REPOSITORY itself, or of the first of several REGISTRIES.
 */
export const attest = (
  keyBeside: 'REPOSITORY' | 'REGISTRIES',
) => `          project=$(cut -d/ -f2 <<< "$REPOSITORY")
          gcloud beta container binauthz attestations sign-and-create --project="$project" \\
            --artifact-url="$REPOSITORY@$(cat digest)" --attestor=built-by-github --attestor-project="$project" \\
            --keyversion-project="$project" --keyversion-location="\${${keyBeside}%%-docker.pkg.dev*}" \\
            --keyversion-keyring=images --keyversion-key=attestor --keyversion=1
`;
