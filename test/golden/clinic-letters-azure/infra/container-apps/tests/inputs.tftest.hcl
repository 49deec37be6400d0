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

run "placeholders_are_refused" {
  command = plan

  variables {
    subscription_id = "replace-me"
    location        = "West Europe"
  }

  expect_failures = [var.subscription_id, var.location]
}

run "a_secret_without_a_fixed_version_is_refused" {
  command = plan

  variables {
    secrets = {
      token = { workload = "web", environment_variable = "TOKEN", version = "latest" }
    }
  }

  expect_failures = [var.secrets]
}

run "an_image_without_a_digest_is_refused" {
  command = plan

  variables {
    web = { image = "shop.azurecr.io/web:main" }
  }

  expect_failures = [var.web]
}

run "more_replicas_than_the_platform_starts_are_refused" {
  command = plan

  variables {
    web = { max_replicas = 1001 }
  }

  expect_failures = [var.web]
}

run "an_objective_whose_alert_cannot_fire_is_refused" {
  command = plan

  variables {
    slo = { availability = 0.9 }
  }

  expect_failures = [var.slo]
}

run "a_pair_of_cpu_and_memory_that_does_not_exist_is_refused" {
  command = plan

  variables {
    web = { cpu = 1, memory = "4Gi" }
  }

  expect_failures = [var.web]
}

run "more_than_the_profile_has_is_refused" {
  command = plan

  variables {
    web = { cpu = 4.25, memory = "8.5Gi" }
  }

  expect_failures = [var.web]
}

run "the_largest_pair_is_taken" {
  command = plan

  variables {
    web = { cpu = 4, memory = "8Gi" }
  }

  assert {
    condition     = azurerm_container_app.web["web"].template[0].container[0].cpu == 4
    error_message = "Four vCPU with 8 GiB fit the Consumption profile."
  }
}
