/** machines.tf: the machines of the inventory, an account of the project for each role, and what they start from. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { MachineImage } from './image.ts';

export function machines({ data, source, userData, windows, secureBoot }: MachineImage): HclExpression {
  const also: HclExpression = { kind: 'expression', code: windows === null ? '' : '|windows' };
  return hcl`
locals {
  inventory = file("\${path.module}/../hosts/\${var.hosts}.conf")
  settings  = { for line in regexall("(?m)^([A-Z][A-Z0-9_]*)=(.*)$", local.inventory) : line[0] => line[1] }
  machines = {
    for line in regexall("(?m)^([a-z0-9-]+) +([0-9.]+) +([a-z0-9-]+) +(control-plane|system|workload${also})$", local.inventory) : line[0] => { address = line[1], zone = line[2], role = line[3] }
  }
  roles = toset([for machine in values(local.machines) : machine.role])
}

data "google_project" "current" {
  project_id = var.project_id
}
${data}${windows ?? NOTHING}
# Without an account of their own machines get the default one of the project, which may edit all of it.
resource "google_service_account" "machine" {
  for_each = local.roles

  account_id   = "\${var.short_name}-\${each.key == "control-plane" ? "control" : each.key}"
  display_name = "Machines of \${var.cluster_name}: \${each.key}."
}

# Whoever makes machines has to be allowed to hand them their account; the pipeline may hand out these alone.
resource "google_service_account_iam_member" "pipeline" {
  for_each = local.roles

  service_account_id = google_service_account.machine[each.key].name
  role               = "roles/iam.serviceAccountUser"
  member             = "serviceAccount:github-apply@\${var.project_id}.iam.gserviceaccount.com"
}

# Images alone. What runs in the cluster has rights of its own.
resource "google_project_iam_member" "machine" {
  for_each = local.roles

  project = var.project_id
  role    = "roles/artifactregistry.reader"
  member  = google_service_account.machine[each.key].member
}

resource "google_compute_instance" "machine" {
  # checkov:skip=CKV_GCP_32: Keys of the project are refused, and whoever signs in is known to IAM.
  for_each = local.machines

  name         = each.key
  description  = "\${var.cluster_name}: \${each.value.role}."
  zone         = each.value.zone
  machine_type = var.machine_types[each.value.role]
  # Rules for balancers that the cluster asks for name machines by this.
  tags                      = [var.cluster_name]
  labels                    = { role = each.value.role }
  allow_stopping_for_update = true
  # What etcd knows lies on these.
  deletion_protection = each.value.role == "control-plane"

  boot_disk {
    auto_delete       = true
    kms_key_self_link = google_kms_crypto_key.disks.id

    initialize_params {
      image = ${windows === null ? source : hcl`each.value.role == "windows" ? data.google_compute_image.windows.self_link : ${source}`}
      size  = var.disk_gib[each.value.role]
      type  = var.disk_type
    }
  }

  # The address of the inventory, and none that anybody outside could reach.
  network_interface {
    subnetwork = local.subnetwork
    network_ip = each.value.address
  }

  shielded_instance_config {
    enable_secure_boot          = ${secureBoot}
    enable_vtpm                 = true
    enable_integrity_monitoring = true
  }

  service_account {
    email  = google_service_account.machine[each.value.role].email
    scopes = ["https://www.googleapis.com/auth/cloud-platform"]
  }

${windows === null ? metadata(userData) : METADATA_OF_BOTH}

  lifecycle {
    # A newer image is for machines that are made anew (docs/runbooks/host-upgrade.md).
    ignore_changes = [boot_disk[0].initialize_params[0].image, metadata["user-data"]${windows === null ? NOTHING : hcl`, metadata["windows-startup-script-ps1"]`}]

    precondition {
      condition     = startswith(each.value.zone, "\${var.region}-")
      error_message = "The inventory names a zone that is not in the region of the cluster."
    }
  }

  depends_on = [google_kms_crypto_key_iam_member.disks]
}

# Administrators sign in to machines as themselves, by the proxy of Google, and are written down by it.
resource "google_project_iam_member" "administrator" {
  for_each = {
    for pair in setproduct(var.admin_members, ["roles/compute.osAdminLogin", "roles/compute.viewer", "roles/iap.tunnelResourceAccessor"]) : "\${pair[0]}/\${pair[1]}" => { member = pair[0], role = pair[1] }
  }

  project = var.project_id
  role    = each.value.role
  member  = each.value.member
}
`;
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };

const metadata = (userData: HclExpression) => hcl`  metadata = {
    block-project-ssh-keys = "true"
    enable-oslogin         = "TRUE"
    serial-port-enable     = "FALSE"${userData}
  }`;

/** What starts a machine has another name and another file for Windows. */
const METADATA_OF_BOTH = hcl`  metadata = {
    block-project-ssh-keys = "true"
    enable-oslogin         = "TRUE"
    serial-port-enable     = "FALSE"

    (each.value.role == "windows" ? "windows-startup-script-ps1" : "user-data") = replace(replace(replace(file(each.value.role == "windows" ? "\${path.module}/first-boot-windows.ps1" : "\${path.module}/first-boot.yaml"), "__NAME__", each.key), "__ROLE__", each.value.role), "__BUCKET__", google_storage_bucket.hosts.name)
  }`;
