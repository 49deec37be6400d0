# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# What runs, and what it rests on.

data "azurerm_client_config" "current" {}

# What runs: deployments may change all of it.
resource "azurerm_resource_group" "main" {
  name     = local.group
  location = var.location
  tags     = local.tags
}

# What holds data or rights: deployments may look at it and connect to it.
resource "azurerm_resource_group" "base" {
  name     = local.base_group
  location = var.location
  tags     = local.tags
}
