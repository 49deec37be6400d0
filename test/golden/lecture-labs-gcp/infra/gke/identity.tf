# Follows ADR-0027 (docs/adr/0027-platform-defaults-safe-from-the-first-day.md).
# Nodes may fetch images, write logs and nothing else; pods have rights of their own, without a key.

data "google_project" "current" {
  project_id = var.project_id
}

# Without an account of their own nodes get the default one of the project, which may edit all of it.
resource "google_service_account" "nodes" {
  account_id   = "${var.short_name}-nodes"
  display_name = "Nodes of ${var.cluster_name}."
}

# Whoever makes nodes has to be allowed to hand them their account; the pipeline may hand out this one alone.
resource "google_service_account_iam_member" "pipeline" {
  service_account_id = google_service_account.nodes.name
  role               = "roles/iam.serviceAccountUser"
  member             = "serviceAccount:github-apply@${var.project_id}.iam.gserviceaccount.com"
}

resource "google_project_iam_member" "nodes" {
  for_each = toset(["roles/artifactregistry.reader", "roles/container.defaultNodeServiceAccount"])

  project = var.project_id
  role    = each.value
  member  = google_service_account.nodes.member
}
