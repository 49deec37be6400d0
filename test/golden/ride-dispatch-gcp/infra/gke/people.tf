# Follows ADR-0005 (docs/adr/0005-human-access-groups-of-the-directory-by-single-sign-on.md).
# People sign in at Google; what their groups may do stands in platform-config/base/access.

variable "groups_domain" {
  description = "Domain of the groups in the directory at Google. There the group gke-security-groups holds every group that a role is bound to, and may show its members to each other."
  type        = string
}

# Getting at the cluster at all; what one may do in it is said by its roles alone.
resource "google_project_iam_member" "people" {
  project = var.project_id
  role    = "roles/container.clusterViewer"
  member  = "group:gke-security-groups@${var.groups_domain}"
}
