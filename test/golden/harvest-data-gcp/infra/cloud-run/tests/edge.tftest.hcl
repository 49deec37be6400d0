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

run "plain_http_is_redirected" {
  command = plan

  assert {
    condition     = google_compute_url_map.http.default_url_redirect[0].https_redirect
    error_message = "Port 80 answers with a redirect to HTTPS."
  }

  assert {
    condition     = alltrue([for rule in google_compute_global_forwarding_rule.http : rule.port_range == "80"]) && length(google_compute_global_forwarding_rule.http) == 2
    error_message = "Port 80 is open on both addresses."
  }
}

run "old_versions_of_tls_are_refused" {
  command = plan

  assert {
    condition     = google_compute_ssl_policy.main.min_tls_version == "TLS_1_2" && google_compute_ssl_policy.main.profile == "RESTRICTED"
    error_message = "TLS 1.2 with restricted ciphers is the least."
  }
}

run "the_firewall_blocks" {
  command = plan

  assert {
    condition     = length([for rule in google_compute_security_policy.edge.rule : rule if rule.action == "deny(403)" && !rule.preview]) == length(local.waf_rules) + 1
    error_message = "The rules of the web application firewall are enforced, not previewed."
  }
}
