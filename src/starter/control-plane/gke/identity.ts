/** identity.tf: who the nodes are. */
import { hcl } from '../../../files/hcl.ts';

export const IDENTITY = hcl`
data "google_project" "current" {
  project_id = var.project_id
}

# Without an account of their own nodes get the default one of the project, which may edit all of it.
resource "google_service_account" "nodes" {
  account_id   = "\${var.short_name}-nodes"
  display_name = "Nodes of \${var.cluster_name}."
}

resource "google_project_iam_member" "nodes" {
  for_each = toset(["roles/artifactregistry.reader", "roles/container.defaultNodeServiceAccount"])

  project = var.project_id
  role    = each.value
  member  = google_service_account.nodes.member
}
`;
