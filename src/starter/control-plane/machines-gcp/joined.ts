/** What machines of Google Cloud are told of the clusters that their mesh joins them to: networks, the name of the API in them, and ports of gateways. */
import { attribute, comment, gap, type HclBody, type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { joinsMachines, peersOf } from '../../cni/cilium/joined-clusters.ts';
import { gatewayPorts } from '../../mesh/joined/edges.ts';
import { joinedMachinesRanges, joinedRanges } from '../../mesh/joined/ranges.ts';
import { isRouted } from '../../mesh/joined/way.ts';
import { gkeChoices } from '../gke/choices.ts';
import { ACCOUNTS, firewallRule } from './firewall-rule.ts';
import { GIVEN_PROJECT } from './given-network.ts';

const NOTHING = hcl``;
const isGiven = (input: ClusterInput): boolean => gkeChoices(input).network === 'given';

export function joinedVariables(input: ClusterInput): HclExpression {
  if (joinsMachines(input)) {
    const ranges = joinedMachinesRanges();
    return isGiven(input) ? ranges : hcl`${networks('This one is peered with them.')}${ranges}`;
  }
  if (!isRouted(input)) return NOTHING;
  const named = networks('They know the name of its API.');
  return isGiven(input) ? hcl`${named}${RANGES}` : named;
}

const networks = (how: string): HclExpression => hcl`
variable "joined_networks" {
  description = ${`Further networks of Google in which clusters stand that this one is joined to. ${how}`}
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for network in var.joined_networks : can(regex("^projects/[^/]+/global/networks/[^/]+$", network))])
    error_message = "Name networks as projects/PROJECT/global/networks/NAME."
  }
}
`;

const RANGES = joinedRanges(
  'Ranges of the clusters that this one is joined to, which call the gateway of its mesh.',
);

export function joinedValues(input: ClusterInput, cluster: Cluster): HclBody {
  const peers = peersOf(input, cluster);
  const byMachines = joinsMachines(input);
  if (!(isRouted(input) || byMachines) || peers.length === 0) return [];
  const networksNamed: HclBody = [
    comment(
      'Networks of the clusters that this one is joined to, once they are there: docs/runbooks/clusters.md.',
    ),
    attribute('joined_networks', []),
  ];
  const ranges: HclBody = [
    attribute(
      'joined_cidrs',
      peers.map(({ vpcCidr }) => vpcCidr),
    ),
  ];
  return [
    gap,
    ...(byMachines && isGiven(input) ? [] : networksNamed),
    ...(byMachines || isGiven(input) ? ranges : []),
  ];
}

/** Of a network that is made here; whoever has another one connects it. */
export function peerings(input: ClusterInput): HclExpression {
  return (isRouted(input) || joinsMachines(input)) && !isGiven(input) ? PEERINGS : NOTHING;
}

const PEERINGS = hcl`
# Each end makes its own: the two lead to one another when both are there.
resource "google_compute_network_peering" "joined" {
  for_each = var.joined_networks

  name         = "joined-\${basename(each.value)}"
  network      = google_compute_network.main.id
  peer_network = each.value
}
`;

/** In a Shared VPC the controller may not make the rule of a balancer. */
export function gatewayLetIn(input: ClusterInput): HclExpression {
  if (!isRouted(input) || !isGiven(input)) return NOTHING;
  return firewallRule(
    {
      when: hcl`var.given_network.project != var.project_id && length(var.joined_cidrs) > 0`,
      name: 'joined',
      says: 'Joined clusters, at the gateway of the mesh.',
      priority: 1000,
      from: hcl`source_ranges           = sort(var.joined_cidrs)`,
      to: ACCOUNTS,
      allow: [{ protocol: 'tcp', ports: gatewayPorts(input).map(String) }],
    },
    GIVEN_PROJECT,
  );
}

/** Lines of a front of the API. */
export function fromAnyRegion(input: ClusterInput): HclExpression {
  return isRouted(input) ? hcl`\nallow_global_access   = true` : NOTHING;
}

/** Of what the private zone of the API is bound to, beside the own network. */
export function knownElsewhere(input: ClusterInput): HclExpression {
  return isRouted(input) ? ELSEWHERE : NOTHING;
}

const ELSEWHERE = hcl`

dynamic "networks" {
  for_each = var.joined_networks

  content {
    network_url = networks.value
  }
}`;

export function joinedRuns(input: ClusterInput): HclExpression {
  if (joinsMachines(input)) return isGiven(input) ? MACHINES : hcl`${MACHINES}${PEERED}`;
  if (!isRouted(input)) return NOTHING;
  return isGiven(input) ? hcl`${KNOWN}${CALLERS}` : hcl`${KNOWN}${PEERED}`;
}

const MACHINES = hcl`
run "lets_joined_machines_in_alone" {
  command = plan

  variables {
    joined_cidrs = ["10.200.0.0/16"]
  }

  assert {
    condition     = length(google_compute_firewall.joined) == 1 && alltrue([for rule in google_compute_firewall.joined : rule.source_ranges == toset(["10.200.0.0/16"])])
    error_message = "Machines of joined clusters are let in, and nobody else is."
  }
}
`;

const KNOWN = hcl`
run "is_found_by_joined_clusters" {
  command = plan

  variables {
    joined_networks = ["projects/test-project/global/networks/other"]
  }

  assert {
    condition     = alltrue([for rule in values(google_compute_forwarding_rule.api) : rule.allow_global_access]) && length(google_dns_managed_zone.api.private_visibility_config[0].networks) == 2
    error_message = "The API answers joined clusters of other regions, and they know its name."
  }
}
`;

const PEERED = hcl`
run "leads_to_joined_clusters_alone" {
  command = plan

  variables {
    joined_networks = ["projects/test-project/global/networks/other"]
  }

  assert {
    condition     = toset(keys(google_compute_network_peering.joined)) == toset(["projects/test-project/global/networks/other"])
    error_message = "The network leads to those that are named, and to no other one."
  }
}
`;

const CALLERS = hcl`
run "lets_joined_clusters_in_alone" {
  command = plan

  variables {
    joined_cidrs = ["10.200.0.0/16"]
  }

  assert {
    condition     = length(google_compute_firewall.joined) == 1 && alltrue([for rule in google_compute_firewall.joined : rule.source_ranges == toset(["10.200.0.0/16"])])
    error_message = "Where the network is one of others, its rule names who calls the gateway."
  }
}
`;
