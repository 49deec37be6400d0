/** egress.tf where a firewall decides by name what leaves: the firewall, its names, and the route to it. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';

/** What an environment calls by name, and what for; https://learn.microsoft.com/azure/container-apps/use-azure-firewall of 2026-03-30. */
export const PLATFORM_DOMAINS: Readonly<Record<string, string>> = {
  'mcr.microsoft.com': 'images of Azure beside yours',
  '*.data.mcr.microsoft.com': 'images of Azure beside yours',
  'packages.aks.azure.com': 'what the nodes below are made of',
  'acs-mirror.azureedge.net': 'what the nodes below are made of',
  'login.microsoft.com': 'signing in',
  'login.microsoftonline.com': 'signing in',
  '*.login.microsoft.com': 'signing in',
  '*.login.microsoftonline.com': 'signing in',
  '*.identity.azure.net': 'identities of workloads',
};

/** Only with something on the internet to call: a firewall costs by the hour. */
export const WITH_DOMAINS = hcl`length(var.egress_domains) > 0 ? { main = local.ranges.firewall } : {}`;
/** Decided: whatever leaves passes one border, where it is logged. */
export const ALWAYS = hcl`{ main = local.ranges.firewall }`;

/** `places` is a map with one entry where there is a firewall, and none where there is not. */
export function firewall(places: HclExpression): HclExpression {
  return hcl`
locals {
  firewall = ${places}

  # What an environment needs once all its traffic goes through a firewall.
  platform_domains = ${Object.keys(PLATFORM_DOMAINS)}
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
`;
}
