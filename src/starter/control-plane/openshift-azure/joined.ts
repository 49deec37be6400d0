/** What OpenShift on Azure needs where a mesh joins its clusters: its installer makes the private zone, and Azure lets peered networks in everywhere. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { gatewayPorts } from '../../mesh/joined/edges.ts';
import { isRouted } from '../../mesh/joined/way.ts';
import { together } from '../../serverless-service/code.ts';
import { isGivenNetwork } from '../aks/addresses.ts';
import { isFound, joinedNetworks, type PrivateZone } from '../machines-azure/joined.ts';

const OF_INSTALLER: PrivateZone = {
  says: '# The zone is made by the installer: these are named once it is there, and taken out before it goes.\n',
  group: 'local.cluster.node_group',
  name: '"${var.cluster_name}.${var.dns_zone}"',
};

/** Of the file of the network; guards of a given one are its owner's. */
export function joined(input: ClusterInput): HclExpression | null {
  const networks = joinedNetworks(input, OF_INSTALLER);
  return networks === null || isGivenNetwork(input) ? networks : together(networks, letIn(input));
}

const letIn = (input: ClusterInput): HclExpression => hcl`
locals {
  # Azure lets peered networks in at every port: joined clusters come to the API and to the gateway of the mesh, and no further.
  joined_rules = {
    api                   = { guard = "control_plane", access = "Allow", priority = 300, ports = ["6443"] }
    rest-of-control-plane = { guard = "control_plane", access = "Deny", priority = 310, ports = ["0-65535"] }
    gateway               = { guard = "workers", access = "Allow", priority = 300, ports = ${gatewayPorts(input).map(String)} }
    rest-of-workers       = { guard = "workers", access = "Deny", priority = 310, ports = ["0-65535"] }
  }
}

resource "azurerm_network_security_rule" "joined" {
  for_each = { for name, rule in local.joined_rules : name => rule if length(var.joined_cidrs) > 0 }

  name                        = "joined-\${each.key}"
  resource_group_name         = azurerm_resource_group.main.name
  network_security_group_name = azurerm_network_security_group.machines[each.value.guard].name
  priority                    = each.value.priority
  direction                   = "Inbound"
  access                      = each.value.access
  protocol                    = each.value.access == "Allow" ? "Tcp" : "*"
  source_port_range           = "*"
  source_address_prefixes     = var.joined_cidrs
  destination_port_ranges     = each.value.ports
  destination_address_prefix  = "*"
}
`;

export function joinedRuns(input: ClusterInput): HclExpression {
  if (!isRouted(input)) return hcl``;
  return isGivenNetwork(input) ? KNOWN : hcl`${KNOWN}${LET_IN}`;
}

const KNOWN = hcl`

${isFound(
  hcl`azurerm_private_dns_zone_virtual_network_link.joined["other"].private_dns_zone_name == "\${var.cluster_name}.\${var.dns_zone}" && azurerm_private_dns_zone_virtual_network_link.joined["other"].resource_group_name == azurerm_resource_group.nodes.name`,
  'Networks of joined clusters know the name of the API by the zone of the installer.',
)}
run "needs_no_zone_before_the_installer_has_made_it" {
  command = plan

  assert {
    condition     = length(azurerm_private_dns_zone_virtual_network_link.joined) == 0
    error_message = "Whom this cluster is joined to is said by its values."
  }
}`;

const LET_IN = hcl`

run "lets_joined_clusters_in_at_two_places" {
  command = plan

  variables {
    joined_cidrs = ["10.200.0.0/16"]
  }

  assert {
    condition     = alltrue([for rule in azurerm_network_security_rule.joined : rule.source_address_prefixes == toset(["10.200.0.0/16"])]) && length(azurerm_network_security_rule.joined) == 4
    error_message = "Each guard lets joined clusters in at one place, and refuses the rest."
  }

  assert {
    condition     = toset([for rule in azurerm_network_security_rule.joined : rule.network_security_group_name if rule.access == "Deny" && rule.priority > 300]) == toset([for guard in azurerm_network_security_group.machines : guard.name])
    error_message = "Peered networks reach nothing but the API and the gateway."
  }
}`;
