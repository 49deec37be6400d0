/** tests/network.tftest.hcl: what enters and leaves, and that a network that exists is guarded. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Egress } from './settings.ts';

export const NETWORK = hcl`
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
`;

export const EGRESS_RUNS: Readonly<Record<Egress, HclExpression>> = {
  'dns-policy': hcl`
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
`,
  'open-nat': hcl`
run "what_leaves_has_one_address_and_is_https" {
  command = plan

  assert {
    condition     = azurerm_network_security_rule.internet.destination_port_range == "443"
    error_message = "Only HTTPS goes to the internet."
  }
}
`,
  'central-firewall': hcl`
run "all_that_leaves_goes_through_the_firewall" {
  command = plan

  assert {
    condition     = length(azurerm_firewall.main) == 1 && azurerm_route.internet["main"].address_prefix == "0.0.0.0/0"
    error_message = "The default route leads to the firewall."
  }

  assert {
    condition     = length(azurerm_firewall_policy_rule_collection_group.main["main"].application_rule_collection[0].rule) == 1
    error_message = "Without named domains only what the platform needs passes."
  }
}
`,
  proxy: hcl`
run "nothing_but_the_proxy_is_reached" {
  command = plan

  assert {
    condition     = azurerm_network_security_rule.proxy.destination_address_prefix == "10.0.0.8/32"
    error_message = "The rule names the proxy."
  }
}
`,
  'no-egress': hcl`
run "nothing_goes_to_the_internet" {
  command = plan

  assert {
    condition     = azurerm_network_security_rule.deny_outbound.priority == 4096
    error_message = "The rule is the last one."
  }
}
`,
};

export const EXISTING = hcl`
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
`;
