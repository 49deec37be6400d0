# Follows ADR-0007 (docs/adr/0007-network-a-network-of-its-own.md).
# Where the cluster stands, and how traffic leaves it.

locals {
  # A quarter for nodes, what is small in the second quarter, and the second half for pods where they have addresses here.
  ranges = {
    nodes      = cidrsubnet(var.network_cidr, 2, 0)
    api_server = cidrsubnet(var.network_cidr, 8, 64)
    database   = cidrsubnet(var.network_cidr, 8, 65)
    pods       = cidrsubnet(var.network_cidr, 1, 1)
  }

  subnets = {
    nodes      = azurerm_subnet.nodes.id
    api_server = azurerm_subnet.api_server.id
  }
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
  service_endpoints               = ["Microsoft.KeyVault", "Microsoft.Storage"]
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

resource "azurerm_network_security_group" "main" {
  for_each = local.subnets

  name                = "${var.cluster_name}-${replace(each.key, "_", "-")}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

# Without a rule nothing of the internet comes in; this is the gateway, whose policy lets nothing else through.
resource "azurerm_network_security_rule" "gateway" {
  # checkov:skip=CKV_AZURE_160: At port 80 the gateway answers with the way to HTTPS and nothing else.
  name                        = "gateway"
  resource_group_name         = azurerm_resource_group.main.name
  network_security_group_name = azurerm_network_security_group.main["nodes"].name
  priority                    = 200
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = "Internet"
  destination_port_ranges     = ["80", "443"]
  destination_address_prefix  = "*"
}

resource "azurerm_subnet_network_security_group_association" "main" {
  for_each = local.subnets

  subnet_id                 = each.value
  network_security_group_id = azurerm_network_security_group.main[each.key].id
}

# Where traffic to the outside comes from: addresses that partners can be told, in all zones. A NAT gateway has one zone.
resource "azurerm_public_ip_prefix" "outbound" {
  name                = "${var.cluster_name}-outbound"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  prefix_length       = 30
  zones               = local.zones
  tags                = local.tags
}

# The cluster puts load balancers, its API server and nodes into these subnets, and may do so nowhere else.
resource "azurerm_user_assigned_identity" "cluster" {
  name                = "${var.cluster_name}-cluster"
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
