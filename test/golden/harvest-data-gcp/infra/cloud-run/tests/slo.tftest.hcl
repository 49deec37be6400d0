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

run "every_objective_has_three_alerts_of_two_windows" {
  command = plan

  assert {
    condition     = length(google_monitoring_alert_policy.burn_rate) == 6
    error_message = "Two objectives, three speeds."
  }

  assert {
    condition     = alltrue([for policy in google_monitoring_alert_policy.burn_rate : policy.combiner == "AND" && length(policy.conditions) == 2])
    error_message = "A long and a short window have to agree."
  }

  assert {
    condition     = alltrue([for rate in values(local.burn_rates) : rate.factor * (1 - var.slo.availability) < 1])
    error_message = "An alert above the rate of all requests failing can never fire."
  }
}
