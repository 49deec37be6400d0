/** What takes the place of Cloud NAT: the way to the firewall of the house, and the API of Google at an address within the network. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Way } from '../../egress/way-out/way.ts';

export const WITHOUT_ROUTES = hcl`resource "google_compute_network" "main" {
  name                            = var.cluster_name
  description                     = "The network of the cluster \${var.cluster_name}."
  auto_create_subnetworks         = false
  routing_mode                    = "REGIONAL"
  delete_default_routes_on_create = true
}`;

/** The addresses by which Google is reached without the internet: all of its services, or those alone that a perimeter can hold. */
const VIRTUAL = {
  private: {
    name: 'private.googleapis.com',
    range: '199.36.153.8/30',
    addresses: ['199.36.153.8', '199.36.153.9', '199.36.153.10', '199.36.153.11'],
  },
  restricted: {
    name: 'restricted.googleapis.com',
    range: '199.36.153.4/30',
    addresses: ['199.36.153.4', '199.36.153.5', '199.36.153.6', '199.36.153.7'],
  },
} as const;

export const RESTRICTED_RANGE = VIRTUAL.restricted.range;
export const PRIVATE_RANGE = VIRTUAL.private.range;
/** What answers at these addresses, as programs are told whom to call without a proxy. */
export const GOOGLE_WITHIN = ['.googleapis.com', '.pkg.dev', 'gcr.io', '.gcr.io'] as const;

/** The only addresses beyond the network that the cluster is led to by a route of its own. */
export const googleWithin = (which: keyof typeof VIRTUAL) => {
  const { name, range, addresses } = VIRTUAL[which];
  return hcl`
# The API of Google, the registries among it, at four addresses that only lead there: nothing else is behind this route.
resource "google_compute_route" "google" {
  name             = "\${var.cluster_name}-google"
  description      = ${name}
  network          = google_compute_network.main.id
  dest_range       = ${range}
  next_hop_gateway = "default-internet-gateway"
}

locals {
  google_addresses = ${[...addresses]}
  google_names = {
    googleapis = { zone = "googleapis.com.", name = ${`${name}.`} }
    packages   = { zone = "pkg.dev.", name = "pkg.dev." }
    containers = { zone = "gcr.io.", name = "gcr.io." }
  }
}

resource "google_dns_managed_zone" "google" {
  for_each = local.google_names

  name        = "\${var.cluster_name}-\${each.key}"
  dns_name    = each.value.zone
  description = "The API of Google within the network of \${var.cluster_name}."
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
  name         = "*.\${each.value.zone}"
  type         = "CNAME"
  ttl          = 300
  rrdatas      = [each.value.name]
}
`;
};

/** Names of a network that nothing leaves answer in it and nowhere else; the zone is called as the cluster is. */
export const PRIVATE_ZONE = hcl`
resource "google_dns_managed_zone" "private" {
  name        = var.cluster_name
  dns_name    = "\${var.dns_zone}."
  description = "Names of the cluster \${var.cluster_name}."
  visibility  = "private"

  private_visibility_config {
    networks {
      network_url = local.network
    }
  }
}
`;

export const DNS_ZONE_VARIABLE = hcl`variable "dns_zone" {
  description = "Domain that the names of the cluster lie in; a private zone of its network answers for it."
  type        = string
}`;

/** Ranges of the house and no route of its own making: a default route would come along with those. */
export const TO_HOUSE_ALONE = hcl`
resource "google_compute_network_peering" "house" {
  name                 = var.cluster_name
  network              = google_compute_network.main.id
  peer_network         = var.hub_network
  import_custom_routes = false
  export_custom_routes = false
}
`;

const TAKES_ROUTES = hcl`resource "google_compute_network_peering" "house" {
  name                 = var.cluster_name
  network              = google_compute_network.main.id
  peer_network         = var.hub_network
  import_custom_routes = true
  export_custom_routes = false
}
`;

export const TO_HOUSE = hcl`
# The default route comes from the network of the house, which leads it to the firewall: there is no Cloud NAT.
${TAKES_ROUTES}`;

export const TO_PROXY = hcl`
# Routes come from the network of the house, one of them to its proxy: there is no Cloud NAT.
${TAKES_ROUTES}`;

export const HUB_VARIABLE = hcl`
variable "hub_network" {
  description = "The network of the house; it has to peer back, and where it leads to a firewall to export its custom routes."
  type        = string

  validation {
    condition     = can(regex("^projects/[^/]+/global/networks/[^/]+$", var.hub_network))
    error_message = "Name the network as projects/PROJECT/global/networks/NAME."
  }
}
`;

/** At its own way out a network that is made here keeps no other. */
const FIREWALL_RUNS = hcl`
run "leaves_no_way_past_the_firewall" {
  command = plan

  assert {
    condition     = google_compute_network.main.delete_default_routes_on_create && google_compute_network_peering.house.import_custom_routes
    error_message = "The default route is that of the house."
  }
}
`;

const CLOSED_RUNS = hcl`
run "leaves_no_way_out" {
  command = plan

  assert {
    condition     = google_compute_network.main.delete_default_routes_on_create && !google_compute_network_peering.house.import_custom_routes
    error_message = "There is no default route, and none comes from the house."
  }
}
`;

/** What a test asks of a network that leads to that of the house. */
export const runsOf = (way: Way): HclExpression => (way === 'none' ? CLOSED_RUNS : FIREWALL_RUNS);
