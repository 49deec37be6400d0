/** How a project of Google Cloud knows a run of GitHub Actions by its token, without a key. */
import { hcl } from '../../files/hcl.ts';

/** Needs `google_project_service.main` and `var.github_repository_id`. */
export const GITHUB_TRUST = hcl`resource "google_iam_workload_identity_pool" "github" {
  workload_identity_pool_id = "github"
  display_name              = "GitHub Actions"
  description               = "Workflows of one repository, without keys."

  depends_on = [google_project_service.main]
}

resource "google_iam_workload_identity_pool_provider" "github" {
  # checkov:skip=CKV_GCP_125: The condition names the repository by its number, which is safer than the subject asked for.

  workload_identity_pool_id          = google_iam_workload_identity_pool.github.workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  display_name                       = "GitHub Actions"
  attribute_condition                = "assertion.repository_id == '\${var.github_repository_id}'"

  # Single claims instead of GitHub's subject, whose form changed in 2026 and which can be longer than Google takes. Audit
  # logs name the run. A job without an environment has no such claim.
  attribute_mapping = {
    "google.subject"          = "assertion.repository_id + '/' + assertion.run_id"
    "attribute.repository_id" = "assertion.repository_id"
    "attribute.pushes"        = "assertion.ref == 'refs/heads/main' ? 'images' : 'nothing'"
    "attribute.deploys"       = "assertion.ref == 'refs/heads/main' && has(assertion.environment) ? assertion.environment : 'nothing'"
  }

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}`;
