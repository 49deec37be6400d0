# Follows ADR-0020 (docs/adr/0020-api-exposure-a-private-endpoint-only.md).
# The way to an API that answers within this network alone: docs/runbooks/reach-api.md.

locals {
  tunnel_roles = ["roles/compute.osLogin", "roles/compute.viewer", "roles/iap.tunnelResourceAccessor"]
}

resource "google_compute_instance" "tunnel" {
  # checkov:skip=CKV_GCP_32: Keys of the project are refused, and whoever signs in is known to IAM.
  # checkov:skip=CKV_GCP_38: It holds nothing; Google encrypts its disk with keys of its own.
  name         = "${var.cluster_name}-tunnel"
  description  = "The way to the API of ${var.cluster_name}."
  zone         = local.zones[0]
  machine_type = "e2-micro"
  tags         = ["${var.cluster_name}-tunnel"]

  boot_disk {
    initialize_params {
      image = "projects/cos-cloud/global/images/family/cos-stable"
    }
  }

  network_interface {
    subnetwork = local.subnetwork
  }

  shielded_instance_config {
    enable_secure_boot          = true
    enable_vtpm                 = true
    enable_integrity_monitoring = true
  }

  # Its system forbids forwarding and stays as old as it is unless it is told; it forgets what is changed with each start.
  metadata = {
    block-project-ssh-keys = "true"
    cos-update-strategy    = "update_enabled"
    enable-oslogin         = "TRUE"
    serial-port-enable     = "FALSE"
    startup-script         = "#!/bin/bash\nsed -i 's/^AllowTcpForwarding .*/AllowTcpForwarding local/' /etc/ssh/sshd_config && systemctl restart sshd\n"
  }

  # A newer image is for the machine that comes next; it may be made anew at any time.
  lifecycle {
    ignore_changes = [boot_disk[0].initialize_params[0].image]
  }
}

# The proxy asks who they are before anything comes here. Goes before the rule that closes administration.
resource "google_compute_firewall" "tunnel" {
  name        = "${var.cluster_name}-tunnel"
  description = "People, by the proxy of Google."
  network     = google_compute_network.main.name
  direction   = "INGRESS"
  priority    = 90

  source_ranges = ["35.235.240.0/20"]
  target_tags   = ["${var.cluster_name}-tunnel"]

  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

resource "google_project_iam_member" "tunnel" {
  for_each = {
    for pair in setproduct(setunion(var.admin_members, var.viewer_members), local.tunnel_roles) : "${pair[0]}/${pair[1]}" => { member = pair[0], role = pair[1] }
  }

  project = var.project_id
  role    = each.value.role
  member  = each.value.member
}
