/** What machines of Azure are told of the clusters that their mesh joins them to: networks that are peered or know the name of the API, and ranges that are let in. */
import {
  attribute,
  comment,
  gap,
  type HclBody,
  type HclExpression,
  hcl,
  hclCode,
} from '../../../files/hcl.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { joinsMachines, peersOf } from '../../cni/cilium/joined-clusters.ts';
import { joinedMachinesRanges, joinedRanges } from '../../mesh/joined/ranges.ts';
import { isRouted } from '../../mesh/joined/way.ts';
import { together } from '../../serverless-service/code.ts';
import { isGivenNetwork } from '../aks/addresses.ts';

export function joinedVariables(input: ClusterInput): HclExpression | null {
  if (isRouted(input)) return hcl`${OF_GATEWAYS}${networks('They know the name of its API.')}`;
  if (!joinsMachines(input)) return null;
  const ranges = joinedMachinesRanges();
  return isGivenNetwork(input) ? ranges : hcl`${ranges}${networks('This one is peered with them.')}`;
}

const OF_GATEWAYS = joinedRanges(
  'Ranges of the clusters that this one is joined to. They reach its API and the gateway of its mesh.',
);

const networks = (how: string): HclExpression => hcl`
variable "joined_networks" {
  description = ${`Virtual networks of those clusters by a name for each, other than the own one. ${how}`}
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for id in values(var.joined_networks) : length(split("/", id)) == 9])
    error_message = "Give the whole id of each network, from /subscriptions on."
  }
}
`;

export function joinedValues(input: ClusterInput, cluster: Cluster): HclBody {
  const peers = peersOf(input, cluster);
  if (!(isRouted(input) || joinsMachines(input)) || peers.length === 0) return [];
  const named = isRouted(input) || !isGivenNetwork(input);
  return [
    comment(
      `Clusters that this one is joined to${named ? ', and their networks once they are there' : ''}: docs/runbooks/clusters.md.`,
    ),
    attribute(
      'joined_cidrs',
      peers.map(({ vpcCidr }) => vpcCidr),
    ),
    ...(named ? [attribute('joined_networks', {})] : []),
    gap,
  ];
}

/** The private zone that has the name of the API. */
export interface PrivateZone {
  /** Comments before what links it. */
  readonly says: string;
  readonly group: string;
  readonly name: string;
}

const OF_MACHINES: PrivateZone = {
  says: '',
  group: 'azurerm_resource_group.main.name',
  name: 'azurerm_private_dns_zone.api.name',
};

/** Of the file of the network: the links of the private zone, and peerings of a network that is made here. */
export function joinedNetworks(input: ClusterInput, zone: PrivateZone = OF_MACHINES): HclExpression | null {
  if (joinsMachines(input)) return isGivenNetwork(input) ? null : PEERINGS;
  if (!isRouted(input)) return null;
  return isGivenNetwork(input) ? links(zone) : together(links(zone), PEERINGS);
}

const links = ({ says, group, name }: PrivateZone) => hcl`
${hclCode(says)}resource "azurerm_private_dns_zone_virtual_network_link" "joined" {
  for_each = var.joined_networks

  name                  = "joined-\${each.key}"
  resource_group_name   = ${hclCode(group)}
  private_dns_zone_name = ${hclCode(name)}
  virtual_network_id    = each.value
  tags                  = local.tags
}
`;

const PEERINGS = hcl`
# Each end makes its own: the two lead to one another when both are there.
resource "azurerm_virtual_network_peering" "joined" {
  for_each = var.joined_networks

  name                      = "joined-\${each.key}"
  resource_group_name       = azurerm_resource_group.main.name
  virtual_network_name      = azurerm_virtual_network.main.name
  remote_virtual_network_id = each.value
}
`;

export function joinedRuns(input: ClusterInput): HclExpression {
  if (joinsMachines(input)) return MACHINES;
  return isRouted(input) ? RUNS : hcl``;
}

const MACHINES = hcl`

run "lets_joined_machines_in_between_machines" {
  command = plan

  variables {
    joined_cidrs = ["10.200.0.0/16"]
  }

  assert {
    condition     = toset([for name, rule in azurerm_network_security_rule.let_in : rule.name if contains(rule.source_address_prefixes, "10.200.0.0/16")]) == toset([for name, let in local.let_in.nodes : replace(name, "_", "-") if contains(let.from, "joined")])
    error_message = "Machines of joined clusters are let in where machines call one another, and nowhere else."
  }
}
`;

const RUNS = hcl`

run "lets_joined_clusters_in_at_two_places" {
  command = plan

  variables {
    joined_cidrs = ["10.200.0.0/16"]
  }

  assert {
    condition     = toset([for name, rule in azurerm_network_security_rule.let_in : name if contains(rule.source_address_prefixes, "10.200.0.0/16")]) == toset(["control_plane-joined_api", "control_plane-joined_gateway", "nodes-joined_gateway"])
    error_message = "Joined clusters reach the API and the gateway, and nothing else."
  }
}

${isFound(
  hcl`length(azurerm_private_dns_zone_virtual_network_link.joined) == 1`,
  'Networks of joined clusters know the name of the API.',
)}`;

/** `condition` holds, as `says`, once there is another network. */
export function isFound(condition: HclExpression, says: string): HclExpression {
  return hcl`run "is_found_by_joined_clusters" {
  command = plan

  variables {
    joined_networks = {
      other = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/other/providers/Microsoft.Network/virtualNetworks/other"
    }
  }

  assert {
    condition     = ${condition}
    error_message = ${says}
  }
}
`;
}
