/** The key that signs releases in Cloud KMS, and the account by which the release workflow reaches it. */
import { hcl } from '../../../../files/hcl.ts';
import { PROJECT_FOLDER } from '../../../control-plane/gke/project.ts';
import { signInToGoogle } from '../../../google/pipeline.ts';
import type { CloudKey } from '../cloud-key.ts';

export const GOOGLE_KEY: CloudKey = {
  keeper: 'Cloud KMS',
  file: `${PROJECT_FOLDER}/release-key.tf`,
  reference: 'gcpkms://$GCP_RELEASE_KEY/versions/1',
  signIn: input =>
    signInToGoogle(input, {
      identity: 'release',
      project: '${{ vars.GCP_RELEASE_PROJECT }}',
      provider: '${{ vars.GCP_RELEASE_PROVIDER }}',
    }),
  environment: { GCP_RELEASE_KEY: '${{ vars.GCP_RELEASE_KEY }}' },
  step: `Apply \`${PROJECT_FOLDER}\`, and put its output \`release\` into the variables \`GCP_RELEASE_PROJECT\`, \`GCP_RELEASE_PROVIDER\` and \`GCP_RELEASE_KEY\` of the environment \`release\`.`,
  code: hcl`
resource "google_kms_key_ring" "release" {
  name     = "github-release"
  location = var.region

  depends_on = [google_project_service.main]
}

# Its private half never leaves Cloud KMS. A new version means a new public half in releases/cosign.pub.
resource "google_kms_crypto_key" "release" {
  # checkov:skip=CKV_GCP_43: Keys that sign are not rotated by Google.
  name     = "release"
  key_ring = google_kms_key_ring.release.id
  purpose  = "ASYMMETRIC_SIGN"

  version_template {
    algorithm        = "EC_SIGN_P256_SHA256"
    protection_level = "SOFTWARE"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_service_account" "release" {
  account_id   = "github-release"
  display_name = "Signs releases, from the environment release on main only."
}

# The environment lets in the branch main alone, which is decided in GitHub.
resource "google_service_account_iam_member" "release" {
  service_account_id = google_service_account.release.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/\${google_iam_workload_identity_pool.github.name}/attribute.deploys/release"
}

resource "google_kms_crypto_key_iam_member" "release" {
  for_each = toset(["roles/cloudkms.signerVerifier", "roles/cloudkms.viewer"])

  crypto_key_id = google_kms_crypto_key.release.id
  role          = each.key
  member        = google_service_account.release.member
}

output "release" {
  description = "Goes into the variables GCP_RELEASE_PROJECT, GCP_RELEASE_PROVIDER and GCP_RELEASE_KEY of the GitHub environment release."
  value = {
    project  = var.project_id
    provider = google_iam_workload_identity_pool_provider.github.name
    key      = google_kms_crypto_key.release.id
  }
}
`,
};
