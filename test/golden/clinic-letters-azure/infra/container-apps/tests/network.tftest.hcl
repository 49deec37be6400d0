# Follows ADR-0009 (docs/adr/0009-serverless-service-azure-container-apps.md).
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

run "without_domains_there_is_no_way_to_the_internet" {
  command = plan

  assert {
    condition     = length(azurerm_firewall.main) == 0 && length(azurerm_network_security_rule.internet) == 0
    error_message = "No firewall is paid for, and nothing is opened."
  }
}

run "allowed_domains_open_a_way_to_them_only" {
  command = plan

  variables {
    egress_domains = ["api.example.com"]
  }

  assert {
    condition     = azurerm_firewall_policy_rule_collection_group.main["main"].application_rule_collection[0].rule[1].destination_fqdns == tolist(["api.example.com"])
    error_message = "The firewall names the domains."
  }

  assert {
    condition     = azurerm_route.internet["main"].next_hop_type == "VirtualAppliance"
    error_message = "All traffic to the internet goes through the firewall."
  }
}
