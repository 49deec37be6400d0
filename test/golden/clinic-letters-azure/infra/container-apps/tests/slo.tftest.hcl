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

run "every_objective_has_three_alerts_of_two_windows" {
  command = plan

  assert {
    condition     = length(azurerm_monitor_scheduled_query_rules_alert_v2.burn_rate) == 6
    error_message = "Two objectives, three speeds."
  }

  assert {
    condition     = alltrue([for rate in values(local.burn_rates) : rate.short < rate.long])
    error_message = "A long and a short window have to agree."
  }

  assert {
    condition     = alltrue([for rate in values(local.burn_rates) : rate.factor * (1 - var.slo.availability) < 1])
    error_message = "An alert above the rate of all requests failing can never fire."
  }
}
