# Follows ADR-0007 (docs/adr/0007-network-a-network-of-its-own.md).
# Three zones; the loss of one takes nothing that another one needs.

data "google_compute_zones" "available" {
  region = var.region
  status = "UP"
}

locals {
  zones = slice(sort(data.google_compute_zones.available.names), 0, min(3, length(data.google_compute_zones.available.names)))
}

locals {
  # A sixteenth of the range for nodes, and the first addresses of the next one for the control plane.
  sixteenths         = cidrsubnets(var.vpc_cidr, 4, 4)
  node_cidr          = local.sixteenths[0]
  control_plane_cidr = cidrsubnet(local.sixteenths[1], 24 - tonumber(split("/", var.vpc_cidr)[1]), 0)

  network              = google_compute_network.main.id
  subnetwork           = google_compute_subnetwork.nodes.id
  control_plane_subnet = google_compute_subnetwork.control_plane.id
  pods_range           = "pods"
  services_range       = "services"
}

resource "google_compute_network" "main" {
  name                    = var.cluster_name
  description             = "The network of the cluster ${var.cluster_name}."
  auto_create_subnetworks = false
  routing_mode            = "REGIONAL"
}

resource "google_compute_subnetwork" "nodes" {
  name                     = "${var.cluster_name}-nodes"
  region                   = var.region
  network                  = google_compute_network.main.id
  ip_cidr_range            = local.node_cidr
  private_ip_google_access = true

  secondary_ip_range {
    range_name    = "pods"
    ip_cidr_range = var.pod_cidr
  }

  secondary_ip_range {
    range_name    = "services"
    ip_cidr_range = var.service_cidr
  }

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.5
    metadata             = "INCLUDE_ALL_METADATA"
  }
}

# The private address of the Kubernetes API lies here, apart from nodes: policies can name it.
resource "google_compute_subnetwork" "control_plane" {
  name                     = "${var.cluster_name}-control-plane"
  region                   = var.region
  network                  = google_compute_network.main.id
  ip_cidr_range            = local.control_plane_cidr
  private_ip_google_access = true

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.5
    metadata             = "INCLUDE_ALL_METADATA"
  }
}

# Nodes have no public address: what leaves the network leaves here, in every zone of the region.
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
}

# GKE writes the rules that it needs. Administration from the internet is closed whatever else is added.
resource "google_compute_firewall" "no_administration" {
  name        = "${var.cluster_name}-no-administration"
  description = "Nobody signs in to a node from the internet."
  network     = google_compute_network.main.name
  direction   = "INGRESS"
  priority    = 100

  source_ranges = ["0.0.0.0/0"]

  deny {
    protocol = "tcp"
    ports    = ["22", "3389"]
  }
}
