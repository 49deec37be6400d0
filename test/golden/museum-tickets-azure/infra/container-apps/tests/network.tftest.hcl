# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# Runs with mock providers: no cloud, no credentials.

mock_provider "azurerm" {}

variables {
  subscription_id = "11111111-2222-3333-4444-555555555555"
  name            = "shop"
  environment     = "staging"
  location        = "westeurope"
  alert_receiver  = "alerts@example.com"
  network_cidr    = "10.40.0.0/22"
  domain          = "shop.example.com"
}

run "nothing_enters_or_leaves_but_what_is_allowed" {
  command = plan

  assert {
    condition     = azurerm_network_security_rule.deny_inbound.access == "Deny" && azurerm_network_security_rule.deny_inbound.source_address_prefix == "*"
    error_message = "The last rule denies all that enters."
  }

  assert {
    condition     = azurerm_network_security_rule.deny_outbound.access == "Deny" && azurerm_network_security_rule.deny_outbound.destination_address_prefix == "*"
    error_message = "The last rule denies all that leaves."
  }

  assert {
    condition     = length(azurerm_network_security_rule.ranges) == 0
    error_message = "Without named ranges none is open."
  }
}

run "pieces_of_the_range_do_not_overlap" {
  command = plan

  assert {
    condition     = local.ranges == { environment = "10.40.0.0/23", endpoints = "10.40.2.0/26", firewall = "10.40.2.64/26" }
    error_message = "Half for the environment, then two pieces."
  }
}

run "what_leaves_has_one_address_and_is_https" {
  command = plan

  assert {
    condition     = azurerm_network_security_rule.internet.destination_port_range == "443"
    error_message = "Only HTTPS goes to the internet."
  }
}
