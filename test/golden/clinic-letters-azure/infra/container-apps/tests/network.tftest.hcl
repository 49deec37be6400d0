# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# Runs with mock providers: no cloud, no credentials.

mock_provider "azurerm" {}

variables {
  subscription_id       = "11111111-2222-3333-4444-555555555555"
  name                  = "shop"
  environment           = "staging"
  location              = "westeurope"
  alert_receiver        = "alerts@example.com"
  environment_subnet_id = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/corp/providers/Microsoft.Network/virtualNetworks/corp/subnets/apps"
  endpoint_subnet_id    = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/corp/providers/Microsoft.Network/virtualNetworks/corp/subnets/endpoints"
  private_zone_ids = {
    registry = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/corp/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io"
    vault    = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/corp/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net"
  }
}

run "a_subnet_that_nobody_guards_is_refused" {
  command = plan

  override_data {
    target = data.azurerm_subnet.environment
    values = {
      network_security_group_id = ""
      route_table_id            = "a-table"
    }
  }

  expect_failures = [data.azurerm_subnet.environment]
}

run "a_guarded_subnet_is_taken" {
  command = plan

  override_data {
    target = data.azurerm_subnet.environment
    values = {
      network_security_group_id = "a-group"
      route_table_id            = "a-table"
    }
  }

  assert {
    condition     = data.azurerm_subnet.environment.name == "apps" && data.azurerm_subnet.environment.virtual_network_name == "corp"
    error_message = "The subnet is the one of the id."
  }
}
