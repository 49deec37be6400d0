# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# Pipelines prove who they are by a token of GitHub; there is no key to lose. One identity reads, the other one changes.

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

locals {
  # Reads what a plan compares: no values of secrets, no objects of a bucket but state, no objects of a cluster.
  plan_roles = toset([
    "roles/certificatemanager.viewer",
    "roles/cloudkms.viewer",
    "roles/cloudsql.viewer",
    "roles/compute.viewer",
    "roles/container.clusterViewer",
    "roles/dns.reader",
    "roles/gkebackup.viewer",
    "roles/iam.roleViewer",
    "roles/iam.securityReviewer",
    "roles/logging.viewer",
    "roles/monitoring.viewer",
    "roles/serviceusage.serviceUsageViewer",
    "roles/storage.bucketViewer",
  ])

  # Changes clusters and what they stand on. No owner, no editor, and no objects within a cluster.
  apply_roles = toset([
    "roles/certificatemanager.owner",
    "roles/cloudkms.admin",
    "roles/cloudsql.admin",
    "roles/compute.instanceAdmin.v1",
    "roles/compute.networkAdmin",
    "roles/compute.securityAdmin",
    "roles/container.clusterAdmin",
    "roles/dns.admin",
    "roles/gkebackup.admin",
    "roles/iam.roleViewer",
    "roles/iam.serviceAccountAdmin",
    "roles/logging.configWriter",
    "roles/monitoring.alertPolicyEditor",
    "roles/monitoring.notificationChannelEditor",
    "roles/storage.admin",
  ])

  # What an apply may hand to nodes, controllers and people.
  given_roles = [
    "roles/artifactregistry.reader",
    "roles/cloudsql.client",
    "roles/cloudsql.instanceUser",
    "roles/compute.osLogin",
    "roles/compute.viewer",
    "roles/container.admin",
    "roles/container.clusterViewer",
    "roles/container.defaultNodeServiceAccount",
    "roles/container.viewer",
    "roles/iap.tunnelResourceAccessor",
    "roles/monitoring.metricWriter",
    "roles/monitoring.viewer",
    "roles/secretmanager.secretAccessor",
    "roles/serviceusage.serviceUsageConsumer",
    "roles/telemetry.tracesWriter",
    google_project_iam_custom_role.dns_zones.id,
    google_project_iam_custom_role.snapshots.id,
  ]
}

resource "google_service_account" "plan" {
  account_id   = "github-plan"
  display_name = "Reads, for plans and drift checks."
}

resource "google_service_account" "apply" {
  account_id   = "github-apply"
  display_name = "Changes clusters, from protected environments on main only."
}

resource "google_service_account_iam_member" "plan" {
  service_account_id = google_service_account.plan.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.github.name}/attribute.repository_id/${var.github_repository_id}"
}

# The environment is protected in GitHub, so that who may apply is decided there.
resource "google_service_account_iam_member" "apply" {
  for_each = var.apply_environments

  service_account_id = google_service_account.apply.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.github.name}/attribute.deploys/${each.value}"
}

resource "google_project_iam_member" "plan" {
  for_each = local.plan_roles

  project = var.project_id
  role    = each.key
  member  = google_service_account.plan.member
}

resource "google_project_iam_member" "apply" {
  # checkov:skip=CKV_GCP_49: It makes the accounts of nodes and of backups, and says who takes them; which roles they get is limited below.
  for_each = local.apply_roles

  project = var.project_id
  role    = each.key
  member  = google_service_account.apply.member
}

resource "google_project_iam_member" "apply_gives" {
  # checkov:skip=CKV_GCP_117: The condition names the roles that it may give; none of them is basic.
  project = var.project_id
  role    = "roles/resourcemanager.projectIamAdmin"
  member  = google_service_account.apply.member

  condition {
    title      = "only-what-clusters-need"
    expression = "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(${jsonencode(local.given_roles)})"
  }
}

# Plans read the state without a lock, so reading is enough.
resource "google_storage_bucket_iam_member" "plan" {
  bucket = google_storage_bucket.state.name
  role   = "roles/storage.objectViewer"
  member = google_service_account.plan.member
}

output "github_variables" {
  description = "Variables of the GitHub environments that the workflows read; the end of each name is that of the cluster."
  value = {
    GCP_PROVIDER = google_iam_workload_identity_pool_provider.github.name
    GCP_PROJECT  = var.project_id
  }
}
