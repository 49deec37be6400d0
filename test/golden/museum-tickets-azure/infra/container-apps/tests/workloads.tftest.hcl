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

run "the_environment_has_no_address_on_the_internet" {
  command = plan

  assert {
    condition     = azurerm_container_app_environment.main.internal_load_balancer_enabled && azurerm_container_app_environment.main.public_network_access == "Disabled"
    error_message = "What comes from the internet comes by private link or not at all."
  }

  assert {
    condition     = azurerm_container_app_environment.main.zone_redundancy_enabled
    error_message = "Replicas are spread over zones."
  }
}

run "the_service_answers_https_only_and_has_probes" {
  command = plan

  assert {
    condition     = !azurerm_container_app.web["web"].ingress[0].allow_insecure_connections
    error_message = "Plain HTTP is not answered."
  }

  assert {
    condition     = length(azurerm_container_app.web["web"].template[0].container[0].startup_probe) == 1 && length(azurerm_container_app.web["web"].template[0].container[0].readiness_probe) == 1 && length(azurerm_container_app.web["web"].template[0].container[0].liveness_probe) == 1
    error_message = "Startup, readiness and liveness are asked for."
  }
}

run "a_new_revision_starts_beside_the_old_one" {
  command = plan

  assert {
    condition     = azurerm_container_app.web["web"].revision_mode == "Multiple"
    error_message = "In single mode a new revision would take all requests at once."
  }

  assert {
    condition     = azurerm_container_app.web["web"].template[0].min_replicas >= 3
    error_message = "Unless a values file says less, there is a replica for each zone."
  }
}
