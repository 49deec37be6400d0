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
  name                            = var.cluster_name
  description                     = "The network of the cluster ${var.cluster_name}."
  auto_create_subnetworks         = false
  routing_mode                    = "REGIONAL"
  delete_default_routes_on_create = true
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

# The default route comes from the network of the house, which leads it to the firewall: there is no Cloud NAT.
resource "google_compute_network_peering" "house" {
  name                 = var.cluster_name
  network              = google_compute_network.main.id
  peer_network         = var.hub_network
  import_custom_routes = true
  export_custom_routes = false
}

# The API of Google, the registries among it, at four addresses that only lead there: nothing else is behind this route.
resource "google_compute_route" "google" {
  name             = "${var.cluster_name}-google"
  description      = "private.googleapis.com"
  network          = google_compute_network.main.id
  dest_range       = "199.36.153.8/30"
  next_hop_gateway = "default-internet-gateway"
}

locals {
  google_addresses = ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"]
  google_names = {
    googleapis = { zone = "googleapis.com.", name = "private.googleapis.com." }
    packages   = { zone = "pkg.dev.", name = "pkg.dev." }
    containers = { zone = "gcr.io.", name = "gcr.io." }
  }
}

resource "google_dns_managed_zone" "google" {
  for_each = local.google_names

  name        = "${var.cluster_name}-${each.key}"
  dns_name    = each.value.zone
  description = "The API of Google within the network of ${var.cluster_name}."
  visibility  = "private"

  private_visibility_config {
    networks {
      network_url = google_compute_network.main.id
    }
  }
}

resource "google_dns_record_set" "google" {
  for_each = local.google_names

  managed_zone = google_dns_managed_zone.google[each.key].name
  name         = each.value.name
  type         = "A"
  ttl          = 300
  rrdatas      = local.google_addresses
}

resource "google_dns_record_set" "google_services" {
  for_each = local.google_names

  managed_zone = google_dns_managed_zone.google[each.key].name
  name         = "*.${each.value.zone}"
  type         = "CNAME"
  ttl          = 300
  rrdatas      = [each.value.name]
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
