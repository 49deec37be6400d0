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

run "the_certificate_of_a_domain_comes_from_the_key_vault" {
  command = plan

  variables {
    domain = { name = "shop.corp.example", certificate = "https://web-0123456789ab.vault.azure.net/secrets/shop" }
  }

  assert {
    condition     = azurerm_container_app_custom_domain.main["web"].certificate_binding_type == "SniEnabled"
    error_message = "The domain answers with its certificate."
  }
}

run "a_certificate_with_a_fixed_version_is_refused" {
  command = plan

  variables {
    domain = { name = "shop.corp.example", certificate = "https://web-0123456789ab.vault.azure.net/secrets/shop/0123456789abcdef0123456789abcdef" }
  }

  expect_failures = [var.domain]
}
