/** The identities that a project of Google Cloud keeps for its pipelines; whoever changes it differs, and stands beside them. */
import { type HclExpression, hcl } from '../../files/hcl.ts';

/** Needs `google_iam_workload_identity_pool.github` and `var.github_repository_id`. */
export const PLAN_TRUST = hcl`resource "google_service_account_iam_member" "plan" {
  service_account_id = google_service_account.plan.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/\${google_iam_workload_identity_pool.github.name}/attribute.repository_id/\${var.github_repository_id}"
}`;

export const PLAN_ACCOUNT = hcl`resource "google_service_account" "plan" {
  account_id   = "github-plan"
  display_name = "Reads, for plans and drift checks."
}`;

/** Needs `local.plan_roles`. */
export const PLAN_ROLES = hcl`resource "google_project_iam_member" "plan" {
  for_each = local.plan_roles

  project = var.project_id
  role    = each.key
  member  = google_service_account.plan.member
}`;

/** Needs `google_storage_bucket.state`. */
export const PLAN_READS_STATE = hcl`# Plans read the state without a lock, so reading is enough.
resource "google_storage_bucket_iam_member" "plan" {
  bucket = google_storage_bucket.state.name
  role   = "roles/storage.objectViewer"
  member = google_service_account.plan.member
}`;

/** Who adds images. */
export const pushAccount = (says: string): HclExpression => hcl`resource "google_service_account" "push" {
  account_id   = "github-push"
  display_name = ${says}
}

resource "google_service_account_iam_member" "push" {
  service_account_id = google_service_account.push.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/\${google_iam_workload_identity_pool.github.name}/attribute.pushes/images"
}`;
