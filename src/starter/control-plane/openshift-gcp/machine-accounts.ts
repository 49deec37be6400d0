/** machines.tf: who the machines of OpenShift are at Google, and who makes them. */
import { hcl } from '../../../files/hcl.ts';

/** Roles as Red Hat asks for them of accounts that are given to its installer. */
export const MACHINE_ACCOUNTS = hcl`
locals {
  machine_roles = {
    control-plane = ["roles/compute.instanceAdmin", "roles/compute.networkAdmin", "roles/compute.securityAdmin", "roles/storage.admin"]
    worker        = ["roles/artifactregistry.reader", "roles/compute.viewer", "roles/storage.admin"]
  }
  machine_rights = {
    for pair in flatten([for machine, roles in local.machine_roles : [for role in roles : { machine = machine, role = role }]]) : "\${pair.machine}/\${pair.role}" => pair
  }
}

# Without these the installer would make accounts, and would have to be allowed to give away rights of the project.
resource "google_service_account" "machine" {
  for_each = local.machine_roles

  account_id   = "\${var.short_name}-\${each.key == "control-plane" ? "control" : each.key}"
  display_name = "Machines of \${var.cluster_name}: \${each.key}."
}

# Pods do not reach the server of metadata, which speaks for these; what runs in the cluster has rights of its own.
resource "google_project_iam_member" "machine" {
  for_each = local.machine_rights

  project = var.project_id
  role    = each.value.role
  member  = google_service_account.machine[each.value.machine].member
}

# Images of the project: the control plane pulls some as well.
resource "google_project_iam_member" "control_plane_pulls" {
  project = var.project_id
  role    = "roles/artifactregistry.reader"
  member  = google_service_account.machine["control-plane"].member
}

# Whoever makes machines has to be allowed to hand them their account: the installer may hand out these alone.
resource "google_service_account_iam_member" "installer" {
  for_each = local.machine_roles

  service_account_id = google_service_account.machine[each.key].name
  role               = "roles/iam.serviceAccountUser"
  member             = "serviceAccount:openshift-installer@\${var.project_id}.iam.gserviceaccount.com"
}
`;
