# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# Who may use the API: those whom IAM names here and nobody else.

resource "google_project_iam_member" "admin" {
  for_each = var.admin_members

  project = var.project_id
  role    = "roles/container.admin"
  member  = each.value
}

# Reads objects and no Secrets.
resource "google_project_iam_member" "viewer" {
  for_each = var.viewer_members

  project = var.project_id
  role    = "roles/container.viewer"
  member  = each.value
}
