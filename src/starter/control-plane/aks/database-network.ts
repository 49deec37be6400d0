/** Where the database of a cluster on AKS stands: a subnet for it alone, and the zone in which the cluster finds its name. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { together } from '../../serverless-service/code.ts';
import { isGivenNetwork, isOverlay } from './addresses.ts';

/** Puts out `local.database_network`: the subnet, its range, and the network that it lies in. */
export function databaseNetwork(input: ClusterInput): HclExpression {
  return together(isGivenNetwork(input) ? GIVEN : own(input), ZONE);
}

function own(input: ClusterInput): HclExpression {
  const clients = isOverlay(input)
    ? hcl`[local.ranges.nodes, local.ranges.database]`
    : hcl`[local.ranges.nodes, local.ranges.pods, local.ranges.database]`;
  return hcl`
locals {
  database_network = {
    id     = azurerm_virtual_network.main.id
    subnet = azurerm_subnet.database.id
    cidr   = local.ranges.database
  }
}

resource "azurerm_subnet" "database" {
  name                            = "database"
  resource_group_name             = azurerm_resource_group.main.name
  virtual_network_name            = azurerm_virtual_network.main.name
  address_prefixes                = [local.ranges.database]
  default_outbound_access_enabled = false
  service_endpoints               = ["Microsoft.Storage"]

  delegation {
    name = "postgresql"

    service_delegation {
      name    = "Microsoft.DBforPostgreSQL/flexibleServers"
      actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"]
    }
  }
}

resource "azurerm_network_security_group" "database" {
  name                = "\${var.cluster_name}-database"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

# Nodes, and pods behind their addresses; the database and its copy talk to each other at the same ports.
resource "azurerm_network_security_rule" "database" {
  name                        = "database"
  resource_group_name         = azurerm_resource_group.main.name
  network_security_group_name = azurerm_network_security_group.database.name
  priority                    = 200
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefixes     = ${clients}
  destination_port_ranges     = ["5432", "6432"]
  destination_address_prefix  = local.ranges.database
}

# Networks that are peered with this one would be let in without it.
resource "azurerm_network_security_rule" "database_refuses" {
  name                        = "nobody-else"
  resource_group_name         = azurerm_resource_group.main.name
  network_security_group_name = azurerm_network_security_group.database.name
  priority                    = 4000
  direction                   = "Inbound"
  access                      = "Deny"
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "VirtualNetwork"
  destination_port_range      = "*"
  destination_address_prefix  = "*"
}

resource "azurerm_subnet_network_security_group_association" "database" {
  subnet_id                 = azurerm_subnet.database.id
  network_security_group_id = azurerm_network_security_group.database.id
}
`;
}

const GIVEN = hcl`
variable "database_subnet_id" {
  description = "Subnet of at least /28 for the database alone, delegated to Microsoft.DBforPostgreSQL/flexibleServers, in the network of the nodes."
  type        = string

  validation {
    condition     = length(split("/", var.database_subnet_id)) == 11
    error_message = "Give the whole id of the subnet, from /subscriptions on."
  }
}

locals {
  database_subnet = split("/", var.database_subnet_id)

  database_network = {
    id     = join("/", slice(local.node_subnet, 0, 9))
    subnet = var.database_subnet_id
    cidr   = data.azurerm_subnet.database.address_prefixes[0]
  }
}

data "azurerm_subnet" "database" {
  name                 = local.database_subnet[10]
  virtual_network_name = local.database_subnet[8]
  resource_group_name  = local.database_subnet[4]

  lifecycle {
    postcondition {
      condition     = self.network_security_group_id != ""
      error_message = "The subnet of the database has no network security group: the nodes alone should reach it, at 5432."
    }
  }
}
`;

const ZONE = hcl`
resource "azurerm_private_dns_zone" "database" {
  name                = "\${var.cluster_name}.private.postgres.database.azure.com"
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags
}

resource "azurerm_private_dns_zone_virtual_network_link" "database" {
  name                  = "cluster"
  resource_group_name   = azurerm_resource_group.main.name
  private_dns_zone_name = azurerm_private_dns_zone.database.name
  virtual_network_id    = local.database_network.id
  tags                  = local.tags
}
`;
