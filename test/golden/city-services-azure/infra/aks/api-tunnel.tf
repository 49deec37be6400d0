# Follows ADR-0020 (docs/adr/0020-api-exposure-a-private-endpoint-only.md).
# The way to an API that answers within this network alone: docs/runbooks/reach-api.md.

# Azure asks for this name, and for a /26 at least.
resource "azurerm_subnet" "tunnel" {
  # checkov:skip=CKV2_AZURE_31: The bastion guards itself; rules here would have to repeat what Azure asks for.
  name                 = "AzureBastionSubnet"
  resource_group_name  = azurerm_resource_group.main.name
  virtual_network_name = azurerm_virtual_network.main.name
  address_prefixes     = [cidrsubnet(var.network_cidr, 6, 31)]
}

resource "azurerm_public_ip" "tunnel" {
  name                = "${var.cluster_name}-tunnel"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = local.zones
  tags                = local.tags
}

# Nothing but tunnels: nobody copies files or text by it, and nobody shares a link.
resource "azurerm_bastion_host" "tunnel" {
  name                   = "${var.cluster_name}-tunnel"
  resource_group_name    = azurerm_resource_group.main.name
  location               = var.location
  sku                    = "Standard"
  tunneling_enabled      = true
  copy_paste_enabled     = false
  file_copy_enabled      = false
  shareable_link_enabled = false
  tags                   = local.tags

  ip_configuration {
    name                 = "tunnel"
    subnet_id            = azurerm_subnet.tunnel.id
    public_ip_address_id = azurerm_public_ip.tunnel.id
  }
}

resource "azurerm_monitor_diagnostic_setting" "tunnel" {
  name                       = "tunnel"
  target_resource_id         = azurerm_bastion_host.tunnel.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  enabled_log {
    category = "BastionAuditLogs"
  }
}
