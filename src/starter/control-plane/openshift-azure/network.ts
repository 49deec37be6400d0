/** network.tf: two subnets for what the installer makes, with a guard each, or those of a network that exists. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { FIREWALL_ROUTE } from '../../azure/firewall-route.ts';
import { gatewayRule } from '../../azure/gateway-rule.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { together } from '../../serverless-service/code.ts';
import { isGivenNetwork, isThroughFirewall } from '../aks/addresses.ts';
import { storageEndpoint } from '../aks/archives.ts';
import { hasDatabase } from '../aks/database-choices.ts';
import { joined } from './joined.ts';

export function network(input: ClusterInput): HclExpression {
  return isGivenNetwork(input)
    ? together(given(input), joined(input))
    : together(own(input), GUARDS, isThroughFirewall(input) ? ROUTES : GATEWAY, joined(input));
}

/** Before machines; of Key Vault and of accounts that components keep their data in. */
const endpoints = (input: ClusterInput): readonly string[] => ['Microsoft.KeyVault', storageEndpoint(input)];

function own(input: ClusterInput): HclExpression {
  const ranges = hasDatabase(input)
    ? hcl`nodes    = cidrsubnet(var.network_cidr, 2, 0)
database = cidrsubnet(var.network_cidr, 8, 65)`
    : hcl`nodes = cidrsubnet(var.network_cidr, 2, 0)`;
  return hcl`
locals {
  # A quarter for machines, and what is small in the second quarter.
  ranges = {
    ${ranges}
  }

  # The second half of that quarter for those that come and go.
  machine_ranges = {
    control_plane = cidrsubnet(local.ranges.nodes, 2, 0)
    workers       = cidrsubnet(local.ranges.nodes, 1, 1)
  }

  subnets       = { for name, subnet in azurerm_subnet.machines : name => subnet.id }
  subnet_names  = { for name, subnet in azurerm_subnet.machines : name => subnet.name }
  network_name  = azurerm_virtual_network.main.name
  network_group = azurerm_resource_group.main.name
}

resource "azurerm_virtual_network" "main" {
  name                = var.cluster_name
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  address_space       = [var.network_cidr]
  tags                = local.tags
}

# Subnets span the zones of a region; the installer spreads machines over these.
resource "azurerm_subnet" "machines" {
  for_each = local.machine_ranges

  name                            = replace(each.key, "_", "-")
  resource_group_name             = azurerm_resource_group.main.name
  virtual_network_name            = azurerm_virtual_network.main.name
  address_prefixes                = [each.value]
  default_outbound_access_enabled = false
  service_endpoints               = ${endpoints(input)}
}
`;
}

const GUARDS = hcl`
# Controllers of OpenShift leave the guards of a network that they did not make as they are: what comes in is said here. Without
# a rule that is the network itself, by the rules that Azure gives every guard, and nothing of the internet.
resource "azurerm_network_security_group" "machines" {
  for_each = local.machine_ranges

  name                = "\${var.cluster_name}-\${replace(each.key, "_", "-")}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_subnet_network_security_group_association" "machines" {
  for_each = local.machine_ranges

  subnet_id                 = azurerm_subnet.machines[each.key].id
  network_security_group_id = azurerm_network_security_group.machines[each.key].id
}
`;

/** A load balancer of Azure hands on what it gets at its own address, so rules name its ports. */
const GATEWAY = hcl`
${gatewayRule({
  says: 'The router of workloads, behind its public load balancer; that of the console is reached from within the network.',
  who: 'router',
  guard: hcl`azurerm_network_security_group.machines["workers"]`,
})}
`;

const ROUTES = hcl`${FIREWALL_ROUTE}
resource "azurerm_subnet_route_table_association" "machines" {
  for_each = local.machine_ranges

  subnet_id      = azurerm_subnet.machines[each.key].id
  route_table_id = azurerm_route_table.nodes.id

  depends_on = [azurerm_route.firewall]
}
`;

/** The owner of the network decides how traffic leaves it and what comes in; that somebody did is checked. */
function given(input: ClusterInput): HclExpression {
  const routed = isThroughFirewall(input)
    ? hcl`

postcondition {
  condition     = self.route_table_id != ""
  error_message = "A subnet of the machines has no route table, so traffic would leave it past the firewall."
}`
    : hcl``;
  const storage: HclExpression = { kind: 'expression', code: storageEndpoint(input) };
  return hcl`
locals {
  # The parts of an id: subscriptions, its id, resourceGroups, its name, and so on.
  node_subnet   = split("/", var.node_subnet_id)
  given_subnets = { control_plane = split("/", var.control_plane_subnet_id), workers = local.node_subnet }

  ranges = {
    nodes = var.node_cidr
  }

  subnets       = { control_plane = var.control_plane_subnet_id, workers = var.node_subnet_id }
  subnet_names  = { for name, parts in local.given_subnets : name => parts[10] }
  network_name  = local.node_subnet[8]
  network_group = local.node_subnet[4]
}

# The owner of the network decides how traffic leaves it; that somebody did is checked.
data "azurerm_subnet" "machines" {
  for_each = local.given_subnets

  name                 = each.value[10]
  virtual_network_name = each.value[8]
  resource_group_name  = each.value[4]

  lifecycle {
    postcondition {
      condition     = alltrue([for range in self.address_prefixes : cidrhost("\${cidrhost(range, 0)}/\${split("/", var.node_cidr)[1]}", 0) == cidrhost(var.node_cidr, 0)])
      error_message = "A subnet of the machines lies outside of node_cidr, so network policies would name the wrong range."
    }

    postcondition {
      condition     = self.network_security_group_id != ""
      error_message = "A subnet of the machines has no security group: its owner says what comes in, and OpenShift adds nothing to that."
    }

    postcondition {
      condition     = length(setsubtract(${endpoints(input)}, self.service_endpoints)) == 0
      error_message = "Subnets of the machines need service endpoints for Microsoft.KeyVault and ${storage}."
    }${routed}
  }
}
`;
}
