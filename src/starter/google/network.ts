/** A network of the cluster's own, the way out of it, and what is closed in it whatever else is added. */
import { hcl } from '../../files/hcl.ts';

export const NETWORK = hcl`resource "google_compute_network" "main" {
  name                    = var.cluster_name
  description             = "The network of the cluster \${var.cluster_name}."
  auto_create_subnetworks = false
  routing_mode            = "REGIONAL"
}`;

/** Needs `google_compute_subnetwork.nodes`. */
export const WAY_OUT = hcl`# Nodes have no public address: what leaves the network leaves here, in every zone of the region.
resource "google_compute_router" "main" {
  name    = var.cluster_name
  region  = var.region
  network = google_compute_network.main.id
}

resource "google_compute_router_nat" "main" {
  name                                = var.cluster_name
  router                              = google_compute_router.main.name
  region                              = var.region
  nat_ip_allocate_option              = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat  = "LIST_OF_SUBNETWORKS"
  enable_dynamic_port_allocation      = true
  enable_endpoint_independent_mapping = false
  min_ports_per_vm                    = 128
  max_ports_per_vm                    = 4096

  subnetwork {
    name                    = google_compute_subnetwork.nodes.id
    source_ip_ranges_to_nat = ["ALL_IP_RANGES"]
  }

  log_config {
    enable = true
    filter = "ERRORS_ONLY"
  }
}`;

export const NO_ADMINISTRATION = hcl`resource "google_compute_firewall" "no_administration" {
  name        = "\${var.cluster_name}-no-administration"
  description = "Nobody signs in to a node from the internet."
  network     = google_compute_network.main.name
  direction   = "INGRESS"
  priority    = 100

  source_ranges = ["0.0.0.0/0"]

  deny {
    protocol = "tcp"
    ports    = ["22", "3389"]
  }
}`;
