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

run "a_second_service_has_its_own_app_identity_and_secrets" {
  command = plan

  variables {
    services = {
      shop = {
        port        = 8080
        environment = { MODE = "shop" }
      }
    }
    secrets = {
      token = { workload = "shop", environment_variable = "TOKEN", version = "0123456789abcdef0123456789abcdef" }
    }
  }

  assert {
    condition     = toset(keys(azurerm_container_app.web)) == toset(["shop", "web"])
    error_message = "Each service is an app."
  }

  assert {
    condition     = azurerm_container_app.web["shop"].name == "shop" && azurerm_container_app.web["shop"].ingress[0].target_port == 8080 && azurerm_container_app.web["web"].ingress[0].target_port == 9898
    error_message = "Each has its own settings."
  }

  assert {
    condition     = azurerm_container_app.web["shop"].identity[0].identity_ids == toset([data.azurerm_user_assigned_identity.workload["shop"].id]) && data.azurerm_user_assigned_identity.workload["shop"].name == "shop-staging-shop"
    error_message = "No service runs as another one."
  }

  assert {
    condition     = length(azurerm_container_app.web["shop"].secret) == 1 && length(azurerm_container_app.web["web"].secret) == 0
    error_message = "A secret is mounted where it belongs and nowhere else."
  }

  assert {
    condition     = local.environment["shop"].MODE == "shop" && !contains(keys(local.environment["web"]), "MODE")
    error_message = "Environment variables are those of the service."
  }

  assert {
    condition     = contains(keys(azurerm_private_endpoint.vault), "shop") && data.azurerm_key_vault.workload["shop"].name != data.azurerm_key_vault.workload["web"].name
    error_message = "Each has a key vault of its own, and a way to it."
  }

  assert {
    condition     = contains(keys(azurerm_monitor_metric_alert.saturation), "shop") && contains(keys(azurerm_monitor_metric_alert.restarts), "shop")
    error_message = "Somebody is told about each."
  }
}

run "vaults_of_long_names_that_begin_alike_differ" {
  command = plan

  variables {
    services = {
      appointment-letters = {}
      appointment-lists   = {}
    }
  }

  assert {
    condition     = alltrue([for name in values(local.vaults) : can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", name)) && !strcontains(name, "--")])
    error_message = "A vault has a name of 3 to 24 characters."
  }

  assert {
    condition     = length(distinct(values(local.vaults))) == length(local.workloads)
    error_message = "No two workloads share a vault."
  }
}

run "a_name_that_is_taken_is_refused" {
  command = plan

  variables {
    services = { worker = {} }
  }

  expect_failures = [var.services]
}

run "an_image_of_a_service_without_a_digest_is_refused" {
  command = plan

  variables {
    services = { shop = { image = "shop.azurecr.io/shop:main" } }
  }

  expect_failures = [var.services]
}

run "each_service_answers_to_a_host_of_its_own" {
  command = plan

  variables {
    domain = { name = "shop.corp.example", certificate = "https://web-0123456789ab.vault.azure.net/secrets/shop" }
    services = {
      shop  = {}
      bills = { host = "pay.corp.example", certificate = "https://web-0123456789ab.vault.azure.net/secrets/pay" }
    }
  }

  assert {
    condition     = { for name, domain in azurerm_container_app_custom_domain.main : name => domain.name } == { bills = "pay.corp.example", shop = "shop.shop.corp.example", web = "shop.corp.example" }
    error_message = "A host is NAME.DOMAIN unless another is given."
  }

  assert {
    condition     = toset(keys(azurerm_container_app_environment_certificate.main)) == toset(["bills", "web"])
    error_message = "A certificate of its own where one is given, otherwise that of the domain."
  }
}

run "without_a_domain_there_are_the_names_of_azure" {
  command = plan

  variables {
    services = { shop = {} }
  }

  assert {
    condition     = length(azurerm_container_app_custom_domain.main) == 0 && toset(keys(output.addresses)) == toset(["shop", "web"])
    error_message = "Each service has a name all the same."
  }
}

run "two_services_at_one_host_are_refused" {
  command = plan

  variables {
    domain = { name = "shop.corp.example", certificate = "https://web-0123456789ab.vault.azure.net/secrets/shop" }
    services = {
      shop  = { host = "pay.corp.example" }
      bills = { host = "pay.corp.example" }
    }
  }

  expect_failures = [var.services]
}

run "a_host_without_a_certificate_is_refused" {
  command = plan

  variables {
    services = { shop = { host = "pay.corp.example" } }
  }

  expect_failures = [var.services]
}
