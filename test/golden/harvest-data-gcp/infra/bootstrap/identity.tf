# Follows ADR-0017 (docs/adr/0017-workload-identity-the-providers-workload-identity.md).
# The identities of the workloads.

locals {
  # The default service account may do nearly everything; no workload runs as it.
  identities = setunion(["web-runtime", "worker-runtime", "job-runtime", "job-scheduler"], [for service in var.services : "${service}-runtime"])
}

resource "google_service_account" "workload" {
  for_each = local.identities

  account_id   = each.key
  display_name = each.key

  depends_on = [google_project_service.main]
}

resource "google_project_iam_member" "traces" {
  for_each = toset([for identity in local.identities : identity if endswith(identity, "-runtime")])

  project = var.project_id
  role    = "roles/cloudtrace.agent"
  member  = google_service_account.workload[each.key].member
}

# The pipeline may hand these identities to a workload, and no others.
resource "google_service_account_iam_member" "deploy_as" {
  for_each = google_service_account.workload

  service_account_id = each.value.name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.deploy.member
}
