/** network.tf: a network of its own or subnets that exist, and how traffic leaves them. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { FIREWALL_ROUTE } from '../../azure/firewall-route.ts';
import { gatewayRule } from '../../azure/gateway-rule.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { together } from '../../serverless-service/code.ts';
import { isGivenNetwork, isOverlay, isThroughFirewall } from './addresses.ts';
import { storageEndpoint } from './archives.ts';
import { hasDatabase } from './database-choices.ts';

export function network(input: ClusterInput): HclExpression {
  if (isGivenNetwork(input))
    return together(given(input), ...(isThroughFirewall(input) ? [] : [ADDRESSES]), RIGHTS);
  return together(
    own(input),
    ...(isOverlay(input) ? [] : [pods(input)]),
    GUARDS,
    isThroughFirewall(input) ? ROUTES : ADDRESSES,
    RIGHTS,
  );
}

function own(input: ClusterInput): HclExpression {
  const subnets = isOverlay(input)
    ? hcl`{
  nodes      = azurerm_subnet.nodes.id
  api_server = azurerm_subnet.api_server.id
}`
    : hcl`{
  nodes      = azurerm_subnet.nodes.id
  api_server = azurerm_subnet.api_server.id
  pods       = azurerm_subnet.pods.id
}`;
  const database = hasDatabase(input)
    ? hcl`
database   = cidrsubnet(var.network_cidr, 8, 65)`
    : hcl``;
  return hcl`
locals {
  # A quarter for nodes, what is small in the second quarter, and the second half for pods where they have addresses here.
  ranges = {
    nodes      = cidrsubnet(var.network_cidr, 2, 0)
    api_server = cidrsubnet(var.network_cidr, 8, 64)${database}
    pods       = cidrsubnet(var.network_cidr, 1, 1)
  }

  subnets = ${subnets}
}

resource "azurerm_virtual_network" "main" {
  name                = var.cluster_name
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  address_space       = [var.network_cidr]
  tags                = local.tags
}

# Subnets span the zones of a region; what is zonal are machines and disks.
resource "azurerm_subnet" "nodes" {
  name                            = "nodes"
  resource_group_name             = azurerm_resource_group.main.name
  virtual_network_name            = azurerm_virtual_network.main.name
  address_prefixes                = [local.ranges.nodes]
  default_outbound_access_enabled = false
  service_endpoints               = ${['Microsoft.KeyVault', storageEndpoint(input)]}
}

# The API server answers from here: nodes reach it without leaving the network, and policies can name its range.
resource "azurerm_subnet" "api_server" {
  name                            = "api-server"
  resource_group_name             = azurerm_resource_group.main.name
  virtual_network_name            = azurerm_virtual_network.main.name
  address_prefixes                = [local.ranges.api_server]
  default_outbound_access_enabled = false

  delegation {
    name = "aks"

    service_delegation {
      name    = "Microsoft.ContainerService/managedClusters"
      actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"]
    }
  }
}
`;
}

const pods = (input: ClusterInput) => hcl`
resource "azurerm_subnet" "pods" {
  name                            = "pods"
  resource_group_name             = azurerm_resource_group.main.name
  virtual_network_name            = azurerm_virtual_network.main.name
  address_prefixes                = [local.ranges.pods]
  default_outbound_access_enabled = false
  service_endpoints               = ${['Microsoft.KeyVault', storageEndpoint(input)]}

  delegation {
    name = "aks"

    service_delegation {
      name    = "Microsoft.ContainerService/managedClusters"
      actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"]
    }
  }
}
`;

const GUARDS = hcl`
resource "azurerm_network_security_group" "main" {
  for_each = local.subnets

  name                = "\${var.cluster_name}-\${replace(each.key, "_", "-")}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

${gatewayRule({
  says: 'Without a rule nothing of the internet comes in; this is the gateway, whose policy lets nothing else through.',
  who: 'gateway',
  guard: hcl`azurerm_network_security_group.main["nodes"]`,
})}

resource "azurerm_subnet_network_security_group_association" "main" {
  for_each = local.subnets

  subnet_id                 = each.value
  network_security_group_id = azurerm_network_security_group.main[each.key].id
}
`;

const ADDRESSES = hcl`
# Where traffic to the outside comes from: addresses that partners can be told, in all zones. A NAT gateway has one zone.
resource "azurerm_public_ip_prefix" "outbound" {
  name                = "\${var.cluster_name}-outbound"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  prefix_length       = 30
  zones               = local.zones
  tags                = local.tags
}
`;

const ROUTES = hcl`${FIREWALL_ROUTE}
resource "azurerm_subnet_route_table_association" "nodes" {
  subnet_id      = azurerm_subnet.nodes.id
  route_table_id = azurerm_route_table.nodes.id

  depends_on = [azurerm_route.firewall]
}
`;

const RIGHTS = hcl`
# The cluster puts load balancers, its API server and nodes into these subnets, and may do so nowhere else.
resource "azurerm_user_assigned_identity" "cluster" {
  name                = "\${var.cluster_name}-cluster"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_role_assignment" "cluster_network" {
  for_each = local.subnets

  scope                = each.value
  role_definition_name = "Network Contributor"
  principal_id         = azurerm_user_assigned_identity.cluster.principal_id
  principal_type       = "ServicePrincipal"
}
`;

/** Terraform addresses without which no cluster can be made in these subnets. */
export function networkReady(input: ClusterInput): readonly HclExpression[] {
  return [
    hcl`azurerm_role_assignment.cluster_network`,
    ...(isGivenNetwork(input)
      ? [hcl`data.azurerm_subnet.nodes`]
      : isThroughFirewall(input)
        ? [hcl`azurerm_subnet_route_table_association.nodes`]
        : []),
  ];
}

function given(input: ClusterInput): HclExpression {
  const subnets = isOverlay(input)
    ? hcl`{
  nodes      = var.node_subnet_id
  api_server = var.api_server_subnet_id
}`
    : hcl`{
  nodes      = var.node_subnet_id
  api_server = var.api_server_subnet_id
  pods       = var.pod_subnet_id
}`;
  const routed = isThroughFirewall(input)
    ? hcl`

postcondition {
  condition     = self.route_table_id != ""
  error_message = "The subnet of the nodes has no route table, so traffic would leave it past the firewall."
}`
    : hcl``;
  return hcl`
locals {
  # The parts of an id: subscriptions, its id, resourceGroups, its name, and so on.
  node_subnet = split("/", var.node_subnet_id)

  ranges = {
    nodes      = var.node_cidr
    api_server = var.api_server_cidr
  }

  subnets = ${subnets}
}

# The owner of the network decides what enters and leaves; that somebody did is checked.
data "azurerm_subnet" "nodes" {
  name                 = local.node_subnet[10]
  virtual_network_name = local.node_subnet[8]
  resource_group_name  = local.node_subnet[4]

  lifecycle {
    postcondition {
      condition     = contains(self.address_prefixes, var.node_cidr)
      error_message = "The range of the nodes is not that of their subnet, so network policies would name the wrong one."
    }

    postcondition {
      condition     = self.network_security_group_id != ""
      error_message = "The subnet of the nodes has no network security group, so nothing limits what enters it."
    }

    postcondition {
      condition     = length(setsubtract(${['Microsoft.KeyVault', storageEndpoint(input)]}, self.service_endpoints)) == 0
      error_message = "The subnet of the nodes needs service endpoints for Microsoft.KeyVault and ${{ kind: 'expression', code: storageEndpoint(input) }}."
    }${routed}
  }
}
`;
}
