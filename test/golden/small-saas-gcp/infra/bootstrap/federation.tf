# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# How GitHub Actions signs in: one identity to read, one to change.

locals {
  # Reads what a plan compares, and no values of secrets.
  plan_roles = toset([
    "roles/artifactregistry.reader",
    "roles/certificatemanager.viewer",
    "roles/compute.viewer",
    "roles/dns.reader",
    "roles/iam.securityReviewer",
    "roles/logging.viewer",
    "roles/monitoring.viewer",
    "roles/run.viewer",
    "roles/secretmanager.viewer",
  ])

  # What a deployment changes. No owner, no editor, no identities, no roles, no keys.
  deploy_roles = toset([
    "roles/artifactregistry.admin",
    "roles/certificatemanager.owner",
    "roles/compute.loadBalancerAdmin",
    "roles/compute.networkAdmin",
    "roles/compute.securityAdmin",
    "roles/dns.admin",
    "roles/logging.configWriter",
    "roles/monitoring.editor",
    "roles/run.admin",
  ])
}

resource "google_iam_workload_identity_pool" "github" {
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
  attribute_condition                = "assertion.repository_id == '${var.github_repository_id}'"

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
}
resource "google_service_account" "plan" {
  account_id   = "github-plan"
  display_name = "Reads, for plans and drift checks."
}

resource "google_service_account" "deploy" {
  account_id   = "github-deploy"
  display_name = "Changes ${var.environment}, from its GitHub environment on main only."
}

resource "google_service_account" "push" {
  account_id   = "github-push"
  display_name = "Adds images and their signatures, from main only."
}

resource "google_service_account_iam_member" "push" {
  service_account_id = google_service_account.push.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.github.name}/attribute.pushes/images"
}

# Tags cannot be overwritten, so adding is all that it can do.
resource "google_project_iam_member" "push" {
  project = var.project_id
  role    = "roles/artifactregistry.writer"
  member  = google_service_account.push.member
}

resource "google_service_account_iam_member" "plan" {
  service_account_id = google_service_account.plan.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.github.name}/attribute.repository_id/${var.github_repository_id}"
}

resource "google_service_account_iam_member" "deploy" {
  service_account_id = google_service_account.deploy.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.github.name}/attribute.deploys/${var.environment}"
}

resource "google_project_iam_member" "plan" {
  for_each = local.plan_roles

  project = var.project_id
  role    = each.key
  member  = google_service_account.plan.member
}

resource "google_project_iam_member" "deploy" {
  for_each = local.deploy_roles

  project = var.project_id
  role    = each.key
  member  = google_service_account.deploy.member
}

# Secrets as containers: create them and say who reads them, but not read their values.
resource "google_project_iam_custom_role" "secrets_without_values" {
  role_id     = "secretsWithoutValues"
  title       = "Secrets without their values"
  description = "Manages secrets and who may read them; reads no version."
  permissions = [
    "secretmanager.secrets.create",
    "secretmanager.secrets.delete",
    "secretmanager.secrets.get",
    "secretmanager.secrets.getIamPolicy",
    "secretmanager.secrets.list",
    "secretmanager.secrets.setIamPolicy",
    "secretmanager.secrets.update",
  ]
}

resource "google_project_iam_member" "deploy_secrets" {
  project = var.project_id
  role    = google_project_iam_custom_role.secrets_without_values.name
  member  = google_service_account.deploy.member
}

# Plans read the state without a lock, so reading is enough.
resource "google_storage_bucket_iam_member" "plan" {
  bucket = google_storage_bucket.state.name
  role   = "roles/storage.objectViewer"
  member = google_service_account.plan.member
}

resource "google_storage_bucket_iam_member" "deploy" {
  bucket = google_storage_bucket.state.name
  role   = "roles/storage.objectUser"
  member = google_service_account.deploy.member
}
