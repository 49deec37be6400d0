/** What differs where nothing leaves and nothing comes from the internet: the house is reached, and reaches the service, by its own network. */
import { attribute, comment, gap, type HclBody, type HclExpression, hcl } from '../../../files/hcl.ts';
import {
  googleWithin,
  HUB_MEANING,
  HUB_NETWORK,
  HUB_VARIABLE,
  toHouseAlone,
} from '../../google/way-within.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { together } from '../code.ts';
import { CLIENTS_MEANING, type Meaning } from '../placeholders.ts';
import type { Settings } from './settings.ts';

const NAME = hcl`var.name`;

export const CLOSED_SUBNETS = hcl`
locals {
  # By place in the list, so that a region added at the end moves nothing. The second half is for load balancers.
  subnets = { for index, region in var.regions : region => cidrsubnet(var.network_cidr, 4, index) }
}
`;

/** A line of the network. */
export const WITHOUT_ROUTES = hcl`
  # No default route: what has no route below is not reached.
  delete_default_routes_on_create = true
`;

/** By which addresses Google is reached, and what leads to the house: to its own ranges, with no route of its making. */
export const closedWays = ({ workloads }: Settings): HclExpression =>
  together(workloads.includes('web') ? PROXIES : null, googleWithin('restricted', NAME), toHouseAlone(NAME));

const PROXIES = hcl`
locals {
  proxy_subnets = { for index, region in var.regions : region => cidrsubnet(var.network_cidr, 4, index + 8) }
}

# From here the load balancer of a region calls the service; nothing else may lie in it.
resource "google_compute_subnetwork" "proxies" {
  # checkov:skip=CKV_GCP_74: Proxies of Google call the service by other ways than this subnet's.
  # checkov:skip=CKV_GCP_26: Subnets of proxies take no flow logs; the load balancer logs every request.
  for_each = local.proxy_subnets

  name          = "\${var.name}-proxies-\${each.key}"
  region        = each.key
  network       = google_compute_network.main.id
  ip_cidr_range = each.value
  purpose       = "REGIONAL_MANAGED_PROXY"
  role          = "ACTIVE"
}
`;

/** In the place of names on the internet. */
export const CLOSED_VARIABLES = HUB_VARIABLE;

export const CLIENTS_VARIABLE = hcl`
variable "client_ranges" {
  description = "Networks of the house whose people reach the service: Cloud Armor takes ten at most."
  type        = list(string)

  validation {
    condition     = length(var.client_ranges) >= 1 && length(var.client_ranges) <= 10
    error_message = "Name one to ten ranges."
  }

  validation {
    condition     = !anytrue([for range in var.client_ranges : endswith(range, "/0")])
    error_message = "The whole internet is not a private network."
  }
}
`;

export function closedValues({ workloads }: Settings): HclBody {
  return [
    comment('What workloads may call in the house, beyond Google APIs.'),
    attribute('egress_ranges', []),
    gap,
    ...(workloads.includes('web')
      ? [
          comment(`${TOKENS.serviceClients}: networks whose people reach the service.`),
          attribute('client_ranges', ['192.0.2.0/24']),
          gap,
        ]
      : []),
    comment('The network of the house, which peers back.'),
    attribute('hub_network', HUB_NETWORK),
  ];
}

export const CLOSED_MEANINGS: readonly Meaning[] = [CLIENTS_MEANING, HUB_MEANING];

/** In the place of what is tested where a values file may open a way out. */
export const CLOSED_TEST = hcl`
run "no_route_leads_anywhere_but_to_google_and_the_house" {
  command = plan

  assert {
    condition     = google_compute_network.main.delete_default_routes_on_create && google_compute_route.google.dest_range == "199.36.153.4/30" && !google_compute_network_peering.house.import_custom_routes
    error_message = "There is no default route, and none comes from the house."
  }

  assert {
    condition     = google_compute_network_firewall_policy_rule.deny.action == "deny" && contains(google_compute_network_firewall_policy_rule.deny.match[0].dest_ip_ranges, "0.0.0.0/0")
    error_message = "The last rule denies all egress."
  }
}
`;

export const CLOSED_INPUTS = hcl`
run "the_whole_internet_is_no_network_of_the_house" {
  command = plan

  variables {
    client_ranges = ["0.0.0.0/0"]
  }

  expect_failures = [var.client_ranges]
}
`;

/** Given to every test of a closed network. */
export const closedInputs = ({ workloads }: Settings) => ({
  hub_network: 'projects/a-network/global/networks/hub',
  ...(workloads.includes('web') ? { client_ranges: ['10.0.0.0/8'] } : {}),
});
