/** network.tf: a network of its own with a way out of each zone, or a subnet that exists. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { FIREWALL_ROUTE } from '../../azure/firewall-route.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { NAT_VARIABLE } from '../../environments/nat-gateways.ts';
import { together } from '../../serverless-service/code.ts';
import { isGivenNetwork, isThroughFirewall } from '../aks/addresses.ts';
import { storageEndpoint } from '../aks/archives.ts';
import { hasDatabase } from '../aks/database-choices.ts';
import { joinedNetworks } from './joined.ts';

export function network(input: ClusterInput): HclExpression {
  if (isGivenNetwork(input)) return together(given(input), joinedNetworks(input));
  return together(own(input), isThroughFirewall(input) ? ROUTES : ADDRESSES, joinedNetworks(input));
}

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

  zone_ranges  = { for zone in local.zones : zone => cidrsubnet(local.ranges.nodes, 2, tonumber(zone) - 1) }
  subnets      = { for zone in local.zones : "nodes_\${zone}" => azurerm_subnet.nodes[zone].id }
  host_subnets = { for zone in local.zones : zone => local.subnets["nodes_\${zone}"] }
  network_id   = azurerm_virtual_network.main.id
}

resource "azurerm_virtual_network" "main" {
  name                = var.cluster_name
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  address_space       = [var.network_cidr]
  tags                = local.tags
}

# One for the machines of each zone: who may enter is said at each machine (guards.tf).
resource "azurerm_subnet" "nodes" {
  # checkov:skip=CKV2_AZURE_31: Machines have groups of their own, by what they do.
  for_each = local.zone_ranges

  name                            = "nodes-\${each.key}"
  resource_group_name             = azurerm_resource_group.main.name
  virtual_network_name            = azurerm_virtual_network.main.name
  address_prefixes                = [each.value]
  default_outbound_access_enabled = false
  service_endpoints               = ${['Microsoft.KeyVault', storageEndpoint(input)]}
}
`;
}

const ADDRESSES = hcl`
${NAT_VARIABLE}# Where traffic to the outside comes from: addresses that partners can be told. A gateway has one zone.
resource "azurerm_public_ip" "outbound" {
  for_each = toset(local.nat_zones)

  name                = "\${var.cluster_name}-outbound-\${each.key}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = [each.key]
  tags                = local.tags
}

resource "azurerm_nat_gateway" "main" {
  for_each = toset(local.nat_zones)

  name                    = "\${var.cluster_name}-\${each.key}"
  resource_group_name     = azurerm_resource_group.main.name
  location                = var.location
  sku_name                = "Standard"
  idle_timeout_in_minutes = 4
  zones                   = [each.key]
  tags                    = local.tags
}

resource "azurerm_nat_gateway_public_ip_association" "main" {
  for_each = toset(local.nat_zones)

  nat_gateway_id       = azurerm_nat_gateway.main[each.key].id
  public_ip_address_id = azurerm_public_ip.outbound[each.key].id
}

resource "azurerm_subnet_nat_gateway_association" "nodes" {
  for_each = local.zone_ranges

  subnet_id      = azurerm_subnet.nodes[each.key].id
  nat_gateway_id = azurerm_nat_gateway.main[local.nat_zone[each.key]].id
}
`;

const ROUTES = hcl`${FIREWALL_ROUTE}
resource "azurerm_subnet_route_table_association" "nodes" {
  for_each = local.zone_ranges

  subnet_id      = azurerm_subnet.nodes[each.key].id
  route_table_id = azurerm_route_table.nodes.id

  depends_on = [azurerm_route.firewall]
}
`;

/** Subnets span the zones of a region, so one is enough where somebody else owns the way out. */
function given(input: ClusterInput): HclExpression {
  const routed = isThroughFirewall(input)
    ? hcl`

postcondition {
  condition     = self.route_table_id != ""
  error_message = "The subnet of the machines has no route table, so traffic would leave it past the firewall."
}`
    : hcl``;
  return hcl`
locals {
  # The parts of an id: subscriptions, its id, resourceGroups, its name, and so on.
  node_subnet = split("/", var.node_subnet_id)

  ranges = {
    nodes = var.node_cidr
  }

  subnets      = { nodes = var.node_subnet_id }
  host_subnets = { for zone in local.zones : zone => local.subnets.nodes }
  network_id   = join("/", slice(local.node_subnet, 0, 9))
}

# The owner of the network decides how traffic leaves it; that somebody did is checked.
data "azurerm_subnet" "nodes" {
  name                 = local.node_subnet[10]
  virtual_network_name = local.node_subnet[8]
  resource_group_name  = local.node_subnet[4]

  lifecycle {
    postcondition {
      condition     = contains(self.address_prefixes, var.node_cidr)
      error_message = "The range of the machines is not that of their subnet, so network policies would name the wrong one."
    }

    postcondition {
      condition     = length(setsubtract(${['Microsoft.KeyVault', storageEndpoint(input)]}, self.service_endpoints)) == 0
      error_message = "The subnet of the machines needs service endpoints for Microsoft.KeyVault and ${{ kind: 'expression', code: storageEndpoint(input) }}."
    }${routed}
  }
}
`;
}
