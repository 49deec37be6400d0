/** access.tf: who may use the Kubernetes API before any role of the cluster counts. */
import { hcl } from '../../../files/hcl.ts';

export const ACCESS = hcl`
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
`;
