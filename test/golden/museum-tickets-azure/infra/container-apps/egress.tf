# Follows ADR-0014 (docs/adr/0014-platform-defaults-safe-from-the-first-day.md).
# The way to the internet.

locals {
  firewall = length(var.egress_domains) > 0 ? { main = local.ranges.firewall } : {}

  # What an environment needs once all its traffic goes through a firewall.
  platform_domains = [
    "mcr.microsoft.com",
    "*.data.mcr.microsoft.com",
    "packages.aks.azure.com",
    "acs-mirror.azureedge.net",
    "login.microsoft.com",
    "login.microsoftonline.com",
    "*.login.microsoft.com",
    "*.login.microsoftonline.com",
    "*.identity.azure.net",
  ]
}

resource "azurerm_subnet" "firewall" {
  # checkov:skip=CKV2_AZURE_31: Azure refuses a network security group on the subnet of a firewall.
  for_each = local.firewall

  name                            = "AzureFirewallSubnet"
  resource_group_name             = local.group
  virtual_network_name            = azurerm_virtual_network.main.name
  address_prefixes                = [each.value]
  default_outbound_access_enabled = false
}

resource "azurerm_public_ip" "firewall" {
  for_each = local.firewall

  name                = "firewall"
  location            = var.location
  resource_group_name = local.group
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = ["1", "2", "3"]
  tags                = local.tags
}

resource "azurerm_firewall_policy" "main" {
  # checkov:skip=CKV_AZURE_220: Intrusion detection is of the Premium tier; the allow-list of names is what this is for.
  for_each = local.firewall

  name                     = local.group
  location                 = var.location
  resource_group_name      = local.group
  sku                      = "Standard"
  threat_intelligence_mode = "Deny"
  tags                     = local.tags
}

resource "azurerm_firewall_policy_rule_collection_group" "main" {
  for_each = azurerm_firewall_policy.main

  name               = "allow-list"
  firewall_policy_id = each.value.id
  priority           = 1000

  application_rule_collection {
    name     = "domains"
    priority = 1000
    action   = "Allow"

    rule {
      name              = "platform"
      source_addresses  = [local.ranges.environment]
      destination_fqdns = local.platform_domains

      protocols {
        type = "Https"
        port = 443
      }
    }

    dynamic "rule" {
      for_each = length(var.egress_domains) > 0 ? [var.egress_domains] : []

      content {
        name              = "workloads"
        source_addresses  = [local.ranges.environment]
        destination_fqdns = rule.value

        protocols {
          type = "Https"
          port = 443
        }
      }
    }
  }

  network_rule_collection {
    name     = "telemetry"
    priority = 900
    action   = "Allow"

    rule {
      name                  = "monitor"
      protocols             = ["TCP"]
      source_addresses      = [local.ranges.environment]
      destination_addresses = ["AzureMonitor"]
      destination_ports     = ["443"]
    }
  }
}

resource "azurerm_firewall" "main" {
  for_each = azurerm_firewall_policy.main

  name                = local.group
  location            = var.location
  resource_group_name = local.group
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
  firewall_policy_id  = each.value.id
  threat_intel_mode   = "Deny"
  zones               = ["1", "2", "3"]
  tags                = local.tags

  ip_configuration {
    name                 = "main"
    subnet_id            = azurerm_subnet.firewall[each.key].id
    public_ip_address_id = azurerm_public_ip.firewall[each.key].id
  }

  depends_on = [azurerm_firewall_policy_rule_collection_group.main]
}

resource "azurerm_monitor_diagnostic_setting" "firewall" {
  for_each = azurerm_firewall.main

  name                           = "logs"
  target_resource_id             = each.value.id
  log_analytics_workspace_id     = local.workspace_id
  log_analytics_destination_type = "Dedicated"

  enabled_log {
    category_group = "allLogs"
  }
}

resource "azurerm_route_table" "environment" {
  for_each = azurerm_firewall.main

  name                = "environment"
  location            = var.location
  resource_group_name = local.group
  tags                = local.tags
}

resource "azurerm_route" "internet" {
  for_each = azurerm_firewall.main

  name                   = "internet"
  resource_group_name    = local.group
  route_table_name       = azurerm_route_table.environment[each.key].name
  address_prefix         = "0.0.0.0/0"
  next_hop_type          = "VirtualAppliance"
  next_hop_in_ip_address = each.value.ip_configuration[0].private_ip_address
}

resource "azurerm_subnet_route_table_association" "environment" {
  for_each = azurerm_route.internet

  subnet_id      = azurerm_subnet.environment.id
  route_table_id = azurerm_route_table.environment[each.key].id
}

# The firewall decides by name; this lets traffic reach it.
resource "azurerm_network_security_rule" "internet" {
  for_each = azurerm_subnet_route_table_association.environment

  name                        = "internet"
  network_security_group_name = azurerm_network_security_group.environment.name
  resource_group_name         = local.group
  priority                    = 300
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefix       = local.ranges.environment
  source_port_range           = "*"
  destination_address_prefix  = "Internet"
  destination_port_range      = "443"
}
