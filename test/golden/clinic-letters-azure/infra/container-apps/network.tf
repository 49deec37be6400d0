# Follows ADR-0006 (docs/adr/0006-network-a-network-that-exists.md).
# Subnets, security groups, private endpoints.

locals {
  # The parts of an id: subscriptions, its id, resourceGroups, its name, and so on.
  environment_subnet = split("/", var.environment_subnet_id)
}

data "azurerm_subnet" "environment" {
  name                 = local.environment_subnet[10]
  virtual_network_name = local.environment_subnet[8]
  resource_group_name  = local.environment_subnet[4]

  lifecycle {
    postcondition {
      condition     = self.network_security_group_id != ""
      error_message = "The subnet has no network security group, so nothing limits what enters and leaves it."
    }

    postcondition {
      condition     = self.route_table_id != ""
      error_message = "The subnet has no route table, so traffic leaves it past the network's own firewall."
    }
  }
}

resource "azurerm_private_endpoint" "registry" {
  name                = "registry"
  location            = var.location
  resource_group_name = local.group
  subnet_id           = var.endpoint_subnet_id
  tags                = local.tags

  private_service_connection {
    name                           = "registry"
    private_connection_resource_id = data.azurerm_container_registry.main.id
    subresource_names              = ["registry"]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "registry"
    private_dns_zone_ids = [var.private_zone_ids.registry]
  }
}

resource "azurerm_private_endpoint" "vault" {
  for_each = local.workloads

  name                = "vault-${each.key}"
  location            = var.location
  resource_group_name = local.group
  subnet_id           = var.endpoint_subnet_id
  tags                = local.tags

  private_service_connection {
    name                           = "vault"
    private_connection_resource_id = data.azurerm_key_vault.workload[each.key].id
    subresource_names              = ["vault"]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "vault"
    private_dns_zone_ids = [var.private_zone_ids.vault]
  }
}
