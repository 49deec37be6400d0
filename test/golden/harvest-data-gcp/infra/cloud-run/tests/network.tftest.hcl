# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# Runs with mock providers: no cloud, no credentials.

mock_provider "google" {}

variables {
  project_id     = "a-project"
  environment    = "staging"
  regions        = ["europe-west1"]
  network_cidr   = "10.40.0.0/20"
  domain         = "shop.example.com"
  alert_receiver = "alerts@example.com"
}

run "nothing_leaves_but_what_is_allowed" {
  command = plan

  assert {
    condition     = google_compute_network_firewall_policy_rule.deny.action == "deny" && contains(google_compute_network_firewall_policy_rule.deny.match[0].dest_ip_ranges, "0.0.0.0/0")
    error_message = "The last rule denies all egress."
  }

  assert {
    condition     = length(google_compute_router_nat.main) == 0
    error_message = "Without allowed domains there is no way to the internet."
  }
}

run "allowed_domains_open_a_way_to_them_only" {
  command = plan

  variables {
    egress_domains = ["api.example.com"]
  }

  assert {
    condition     = google_compute_network_firewall_policy_rule.domains[0].match[0].dest_fqdns == tolist(["api.example.com"])
    error_message = "The rule names the domains."
  }

  assert {
    condition     = length(google_compute_router_nat.main) == 1
    error_message = "Traffic to the internet needs a NAT gateway in each region."
  }
}

run "each_region_has_a_subnet_of_its_own" {
  command = plan

  variables {
    regions = ["europe-west1", "europe-west4"]
  }

  assert {
    condition     = length(distinct([for subnet in google_compute_subnetwork.main : subnet.ip_cidr_range])) == 2
    error_message = "Ranges of subnets do not overlap."
  }
}
