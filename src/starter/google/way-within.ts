/** A network of Google Cloud that leads to Google and to the house alone, whoever has it: by which addresses, and by what peering. */
import { type HclExpression, hcl } from '../../files/hcl.ts';
import { TOKENS } from '../placeholder-tokens.ts';

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
/** `owner`: the name of whatever has the network. */
export const googleWithin = (which: keyof typeof VIRTUAL, owner: HclExpression = hcl`var.cluster_name`) => {
  const { name, range, addresses } = VIRTUAL[which];
  return hcl`
# The API of Google, the registries among it, at four addresses that only lead there: nothing else is behind this route.
resource "google_compute_route" "google" {
  name             = "\${${owner}}-google"
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

  name        = "\${${owner}}-\${each.key}"
  dns_name    = each.value.zone
  description = "The API of Google within the network of \${${owner}}."
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

/** Ranges of the house and no route of its own making: a default route would come along with those. */
export const toHouseAlone = (owner: HclExpression = hcl`var.cluster_name`) => hcl`
resource "google_compute_network_peering" "house" {
  name                 = ${owner}
  network              = google_compute_network.main.id
  peer_network         = var.hub_network
  import_custom_routes = false
  export_custom_routes = false
}
`;

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

export const HUB_NETWORK = `projects/${TOKENS.hubNetwork}/global/networks/hub`;

export const HUB_MEANING = {
  token: TOKENS.hubNetwork,
  meaning: 'Project of the network of the house; replace the whole path.',
  example: 'projects/acme-network/global/networks/hub',
} as const;
