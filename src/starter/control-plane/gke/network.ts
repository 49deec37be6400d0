/** network.tf: a network of the cluster's own, or one that is there already, with ranges for pods and Services. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Way } from '../../egress/way-out/way.ts';
import { NO_ADMINISTRATION } from '../../google/network.ts';
import type { GkeChoices } from './choices.ts';
import { namesOf, networkOf, outOf } from './ways.ts';

/** Without a way to ask for its zones a plan could not see that a region has too few. */
export const ZONES = hcl`
data "google_compute_zones" "available" {
  region = var.region
  status = "UP"
}

locals {
  zones = slice(sort(data.google_compute_zones.available.names), 0, min(3, length(data.google_compute_zones.available.names)))
}
`;

export function network({ network: whose, way }: GkeChoices): HclExpression {
  const parts = whose === 'given' ? [GIVEN, ...namesOf(way)] : [own(way), ...outOf(way), CLOSED];
  return { kind: 'expression', code: [ZONES, ...parts].map(({ code }) => code).join('') };
}

const own = (way: Way) => hcl`
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

${networkOf(way)}

resource "google_compute_subnetwork" "nodes" {
  name                     = "\${var.cluster_name}-nodes"
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
  name                     = "\${var.cluster_name}-control-plane"
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
`;

const CLOSED = hcl`
# GKE writes the rules that it needs. Administration from the internet is closed whatever else is added.
${NO_ADMINISTRATION}
`;

const GIVEN = hcl`
data "google_compute_network" "given" {
  name    = var.given_network.network
  project = var.given_network.project
}

data "google_compute_subnetwork" "nodes" {
  name    = var.given_network.subnetwork
  region  = var.region
  project = var.given_network.project
}

data "google_compute_subnetwork" "control_plane" {
  name    = var.given_network.control_plane_subnetwork
  region  = var.region
  project = var.given_network.project
}

locals {
  network              = data.google_compute_network.given.id
  subnetwork           = data.google_compute_subnetwork.nodes.id
  control_plane_subnet = data.google_compute_subnetwork.control_plane.id
  pods_range           = var.given_network.pods_range
  services_range       = var.given_network.services_range
}
`;
