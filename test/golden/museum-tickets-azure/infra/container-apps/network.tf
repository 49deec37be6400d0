# Follows ADR-0006 (docs/adr/0006-network-a-network-of-its-own.md).
# Subnets, security groups, private endpoints.

locals {
  # Half of the range, then two pieces of its second half.
  ranges = {
    environment = cidrsubnet(var.network_cidr, 1, 0)
    endpoints   = cidrsubnet(var.network_cidr, 4, 8)
    firewall    = cidrsubnet(var.network_cidr, 4, 9)
  }
}

resource "azurerm_virtual_network" "main" {
  name                = local.group
  location            = var.location
  resource_group_name = local.group
  address_space       = [var.network_cidr]
  tags                = local.tags
}

resource "azurerm_subnet" "environment" {
  name                 = "environment"
  resource_group_name  = local.group
  virtual_network_name = azurerm_virtual_network.main.name
  address_prefixes     = [local.ranges.environment]

  delegation {
    name = "container-apps"

    service_delegation {
      name    = "Microsoft.App/environments"
      actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"]
    }
  }
}

resource "azurerm_subnet" "endpoints" {
  name                              = "endpoints"
  resource_group_name               = local.group
  virtual_network_name              = azurerm_virtual_network.main.name
  address_prefixes                  = [local.ranges.endpoints]
  default_outbound_access_enabled   = false
  private_endpoint_network_policies = "Enabled"
}

resource "azurerm_network_security_group" "environment" {
  name                = "environment"
  location            = var.location
  resource_group_name = local.group
  tags                = local.tags
}

resource "azurerm_network_security_group" "endpoints" {
  name                = "endpoints"
  location            = var.location
  resource_group_name = local.group
  tags                = local.tags
}

resource "azurerm_subnet_network_security_group_association" "environment" {
  subnet_id                 = azurerm_subnet.environment.id
  network_security_group_id = azurerm_network_security_group.environment.id

  depends_on = [azurerm_network_security_rule.deny_inbound, azurerm_network_security_rule.deny_outbound]
}

resource "azurerm_subnet_network_security_group_association" "endpoints" {
  subnet_id                 = azurerm_subnet.endpoints.id
  network_security_group_id = azurerm_network_security_group.endpoints.id
}

# What enters. Ports are those of the environment's own load balancer and proxies.

resource "azurerm_network_security_rule" "requests" {
  name                        = "requests"
  network_security_group_name = azurerm_network_security_group.environment.name
  resource_group_name         = local.group
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefix       = "VirtualNetwork"
  source_port_range           = "*"
  destination_address_prefix  = local.ranges.environment
  destination_port_ranges     = ["443", "31443"]
}

resource "azurerm_network_security_rule" "load_balancer" {
  name                        = "load-balancer"
  network_security_group_name = azurerm_network_security_group.environment.name
  resource_group_name         = local.group
  priority                    = 110
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefix       = "AzureLoadBalancer"
  source_port_range           = "*"
  destination_address_prefix  = local.ranges.environment
  destination_port_range      = "30000-32767"
}

resource "azurerm_network_security_rule" "within_inbound" {
  name                        = "within-inbound"
  network_security_group_name = azurerm_network_security_group.environment.name
  resource_group_name         = local.group
  priority                    = 120
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "*"
  source_address_prefix       = local.ranges.environment
  source_port_range           = "*"
  destination_address_prefix  = local.ranges.environment
  destination_port_range      = "*"
}

resource "azurerm_network_security_rule" "deny_inbound" {
  name                        = "deny-inbound"
  network_security_group_name = azurerm_network_security_group.environment.name
  resource_group_name         = local.group
  priority                    = 4096
  direction                   = "Inbound"
  access                      = "Deny"
  protocol                    = "*"
  source_address_prefix       = "*"
  source_port_range           = "*"
  destination_address_prefix  = "*"
  destination_port_range      = "*"
}

resource "azurerm_network_security_rule" "endpoints_requests" {
  name                        = "endpoints-requests"
  network_security_group_name = azurerm_network_security_group.endpoints.name
  resource_group_name         = local.group
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefix       = local.ranges.environment
  source_port_range           = "*"
  destination_address_prefix  = local.ranges.endpoints
  destination_port_range      = "443"
}

resource "azurerm_network_security_rule" "endpoints_deny_inbound" {
  name                        = "endpoints-deny-inbound"
  network_security_group_name = azurerm_network_security_group.endpoints.name
  resource_group_name         = local.group
  priority                    = 4096
  direction                   = "Inbound"
  access                      = "Deny"
  protocol                    = "*"
  source_address_prefix       = "*"
  source_port_range           = "*"
  destination_address_prefix  = "*"
  destination_port_range      = "*"
}

# What leaves: Azure's own services that the environment needs, and what is allowed besides.

resource "azurerm_network_security_rule" "microsoft_registry" {
  name                        = "microsoft-registry"
  network_security_group_name = azurerm_network_security_group.environment.name
  resource_group_name         = local.group
  priority                    = 100
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefix       = local.ranges.environment
  source_port_range           = "*"
  destination_address_prefix  = "MicrosoftContainerRegistry"
  destination_port_range      = "443"
}

resource "azurerm_network_security_rule" "microsoft_registry_edge" {
  name                        = "microsoft-registry-edge"
  network_security_group_name = azurerm_network_security_group.environment.name
  resource_group_name         = local.group
  priority                    = 110
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefix       = local.ranges.environment
  source_port_range           = "*"
  destination_address_prefix  = "AzureFrontDoor.FirstParty"
  destination_port_range      = "443"
}

resource "azurerm_network_security_rule" "sign_in" {
  name                        = "sign-in"
  network_security_group_name = azurerm_network_security_group.environment.name
  resource_group_name         = local.group
  priority                    = 120
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefix       = local.ranges.environment
  source_port_range           = "*"
  destination_address_prefix  = "AzureActiveDirectory"
  destination_port_range      = "443"
}

resource "azurerm_network_security_rule" "monitor" {
  name                        = "monitor"
  network_security_group_name = azurerm_network_security_group.environment.name
  resource_group_name         = local.group
  priority                    = 130
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefix       = local.ranges.environment
  source_port_range           = "*"
  destination_address_prefix  = "AzureMonitor"
  destination_port_range      = "443"
}

resource "azurerm_network_security_rule" "endpoints" {
  name                        = "endpoints"
  network_security_group_name = azurerm_network_security_group.environment.name
  resource_group_name         = local.group
  priority                    = 150
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefix       = local.ranges.environment
  source_port_range           = "*"
  destination_address_prefix  = local.ranges.endpoints
  destination_port_range      = "443"
}

resource "azurerm_network_security_rule" "within_outbound" {
  name                        = "within-outbound"
  network_security_group_name = azurerm_network_security_group.environment.name
  resource_group_name         = local.group
  priority                    = 160
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "*"
  source_address_prefix       = local.ranges.environment
  source_port_range           = "*"
  destination_address_prefix  = local.ranges.environment
  destination_port_range      = "*"
}

resource "azurerm_network_security_rule" "deny_outbound" {
  name                        = "deny-outbound"
  network_security_group_name = azurerm_network_security_group.environment.name
  resource_group_name         = local.group
  priority                    = 4096
  direction                   = "Outbound"
  access                      = "Deny"
  protocol                    = "*"
  source_address_prefix       = "*"
  source_port_range           = "*"
  destination_address_prefix  = "*"
  destination_port_range      = "*"
}

resource "azurerm_network_security_rule" "ranges" {
  count = length(var.egress_ranges) > 0 ? 1 : 0

  name                         = "private-ranges"
  network_security_group_name  = azurerm_network_security_group.environment.name
  resource_group_name          = local.group
  priority                     = 200
  direction                    = "Outbound"
  access                       = "Allow"
  protocol                     = "Tcp"
  source_address_prefix        = local.ranges.environment
  source_port_range            = "*"
  destination_address_prefixes = var.egress_ranges
  destination_port_range       = "*"
}

# Names of the registry and the vaults resolve to their private endpoints.
resource "azurerm_private_dns_zone" "main" {
  for_each = { registry = "privatelink.azurecr.io", vault = "privatelink.vaultcore.azure.net" }

  name                = each.value
  resource_group_name = local.group
  tags                = local.tags
}

resource "azurerm_private_dns_zone_virtual_network_link" "main" {
  for_each = azurerm_private_dns_zone.main

  name                  = local.group
  resource_group_name   = local.group
  private_dns_zone_name = each.value.name
  virtual_network_id    = azurerm_virtual_network.main.id
  tags                  = local.tags
}

resource "azurerm_private_endpoint" "registry" {
  name                = "registry"
  location            = var.location
  resource_group_name = local.group
  subnet_id           = azurerm_subnet.endpoints.id
  tags                = local.tags

  private_service_connection {
    name                           = "registry"
    private_connection_resource_id = data.azurerm_container_registry.main.id
    subresource_names              = ["registry"]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "registry"
    private_dns_zone_ids = [azurerm_private_dns_zone.main["registry"].id]
  }

  depends_on = [azurerm_private_dns_zone_virtual_network_link.main]
}

resource "azurerm_private_endpoint" "vault" {
  for_each = local.workloads

  name                = "vault-${each.key}"
  location            = var.location
  resource_group_name = local.group
  subnet_id           = azurerm_subnet.endpoints.id
  tags                = local.tags

  private_service_connection {
    name                           = "vault"
    private_connection_resource_id = data.azurerm_key_vault.workload[each.key].id
    subresource_names              = ["vault"]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "vault"
    private_dns_zone_ids = [azurerm_private_dns_zone.main["vault"].id]
  }

  depends_on = [azurerm_private_dns_zone_virtual_network_link.main]
}
