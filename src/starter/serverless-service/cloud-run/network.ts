/** network.tf: a subnet per region for Direct VPC egress, and an allow-list for what leaves it. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import { CLOSED_SUBNETS, closedWays, WITHOUT_ROUTES } from './closed.ts';
import type { Settings } from './settings.ts';

export const network = (settings: Settings): HclExpression =>
  settings.closed
    ? together(
        CLOSED_SUBNETS,
        networkOf(WITHOUT_ROUTES),
        closedWays(settings),
        policyOf(hcl`restricted.googleapis.com`, hcl`local.google_addresses`),
        DENY,
      )
    : together(
        SUBNETS,
        networkOf(hcl``),
        NAT,
        policyOf(hcl`private.googleapis.com`, hcl`local.google_apis`),
        DOMAINS,
        DENY,
        NAMES,
      );

const SUBNETS = hcl`
locals {
  # By place in the list, so that a region added at the end moves nothing.
  subnets = { for index, region in var.regions : region => cidrsubnet(var.network_cidr, 3, index) }

  # private.googleapis.com: Google APIs without a way to the internet.
  google_apis = ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"]
}
`;

/** `routes`: a line of the network more, or none. */
const networkOf = (routes: HclExpression) => hcl`
resource "google_compute_network" "main" {
  # checkov:skip=CKV2_GCP_18: The network firewall policy below replaces firewall rules; the network has no default ones.
  name                    = var.name
  auto_create_subnetworks = false
  routing_mode            = "GLOBAL"
${routes}}

resource "google_compute_subnetwork" "main" {
  for_each = local.subnets

  name                     = "\${var.name}-\${each.key}"
  region                   = each.key
  network                  = google_compute_network.main.id
  ip_cidr_range            = each.value
  private_ip_google_access = true

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.5
    metadata             = "INCLUDE_ALL_METADATA"
  }
}
`;

const NAT = hcl`
# Only with something on the internet to call: a gateway costs by the hour and slows the start of instances.
resource "google_compute_router" "main" {
  for_each = length(var.egress_domains) > 0 ? local.subnets : {}

  name    = "\${var.name}-\${each.key}"
  region  = each.key
  network = google_compute_network.main.id
}

resource "google_compute_router_nat" "main" {
  for_each = google_compute_router.main

  name                               = "\${var.name}-\${each.key}"
  router                             = each.value.name
  region                             = each.key
  nat_ip_allocate_option             = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat = "LIST_OF_SUBNETWORKS"

  subnetwork {
    name                    = google_compute_subnetwork.main[each.key].id
    source_ip_ranges_to_nat = ["ALL_IP_RANGES"]
  }

  log_config {
    enable = true
    filter = "ERRORS_ONLY"
  }
}
`;

/** `name`: what Google answers to, at `addresses`. */
const policyOf = (name: HclExpression, addresses: HclExpression) => hcl`
# Egress: what is not allowed here is dropped. Cloud Run does not report firewall logs, so none are asked for.
resource "google_compute_network_firewall_policy" "egress" {
  name        = "\${var.name}-egress"
  description = "Allow-list for what leaves the network."
}

resource "google_compute_network_firewall_policy_association" "egress" {
  name              = "\${var.name}-egress"
  firewall_policy   = google_compute_network_firewall_policy.egress.name
  attachment_target = google_compute_network.main.id
}

resource "google_compute_network_firewall_policy_rule" "google_apis" {
  firewall_policy = google_compute_network_firewall_policy.egress.name
  priority        = 1000
  rule_name       = "google-apis"
  description     = "Google APIs by way of ${name}."
  direction       = "EGRESS"
  action          = "allow"

  match {
    dest_ip_ranges = [for address in ${addresses} : "\${address}/32"]

    layer4_configs {
      ip_protocol = "tcp"
      ports       = ["443"]
    }
  }
}

resource "google_compute_network_firewall_policy_rule" "ranges" {
  count = length(var.egress_ranges) > 0 ? 1 : 0

  firewall_policy = google_compute_network_firewall_policy.egress.name
  priority        = 1100
  rule_name       = "private-ranges"
  description     = "Private ranges that workloads need."
  direction       = "EGRESS"
  action          = "allow"

  match {
    dest_ip_ranges = var.egress_ranges

    layer4_configs {
      ip_protocol = "tcp"
    }
  }
}
`;

const DOMAINS = hcl`
resource "google_compute_network_firewall_policy_rule" "domains" {
  count = length(var.egress_domains) > 0 ? 1 : 0

  firewall_policy = google_compute_network_firewall_policy.egress.name
  priority        = 1200
  rule_name       = "domains"
  description     = "Domain names on the internet that workloads need."
  direction       = "EGRESS"
  action          = "allow"

  match {
    dest_fqdns = var.egress_domains

    layer4_configs {
      ip_protocol = "tcp"
      ports       = ["443"]
    }
  }
}
`;

const DENY = hcl`
resource "google_compute_network_firewall_policy_rule" "deny" {
  firewall_policy = google_compute_network_firewall_policy.egress.name
  priority        = 65000
  rule_name       = "deny-all"
  description     = "Everything else."
  direction       = "EGRESS"
  action          = "deny"

  match {
    dest_ip_ranges = ["0.0.0.0/0"]

    layer4_configs {
      ip_protocol = "all"
    }
  }
}
`;

const NAMES = hcl`
# Names of Google APIs resolve to the addresses that the policy allows.
resource "google_dns_managed_zone" "google_apis" {
  name        = "\${var.name}-googleapis"
  dns_name    = "googleapis.com."
  description = "Google APIs by way of private.googleapis.com."
  visibility  = "private"

  private_visibility_config {
    networks {
      network_url = google_compute_network.main.id
    }
  }
}

resource "google_dns_record_set" "google_apis" {
  managed_zone = google_dns_managed_zone.google_apis.name
  name         = "private.\${google_dns_managed_zone.google_apis.dns_name}"
  type         = "A"
  ttl          = 300
  rrdatas      = local.google_apis
}

resource "google_dns_record_set" "google_apis_names" {
  managed_zone = google_dns_managed_zone.google_apis.name
  name         = "*.\${google_dns_managed_zone.google_apis.dns_name}"
  type         = "CNAME"
  ttl          = 300
  rrdatas      = [google_dns_record_set.google_apis.name]
}
`;
