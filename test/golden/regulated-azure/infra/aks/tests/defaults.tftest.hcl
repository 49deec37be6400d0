# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# Runs without a subscription: tofu test. What must never be lost in a change of this module.

mock_provider "azurerm" {
  mock_data "azurerm_client_config" {
    defaults = {
      tenant_id = "00000000-0000-0000-0000-000000000000"
    }
  }

  mock_data "azurerm_subnet" {
    defaults = {
      address_prefixes          = ["10.32.0.0/18"]
      network_security_group_id = "given"
      route_table_id            = "given"
      service_endpoints         = ["Microsoft.KeyVault", "Microsoft.Storage"]
    }
  }

  mock_resource "azurerm_kubernetes_cluster_extension" {
    defaults = {
      aks_assigned_identity = [{ principal_id = "00000000-0000-0000-0000-000000000000", tenant_id = "00000000-0000-0000-0000-000000000000", type = "UserAssigned" }]
    }
  }
}

variables {
  cluster_name         = "payments-development-tier-1"
  environment          = "development"
  subscription_id      = "00000000-0000-0000-0000-000000000000"
  location             = "westeurope"
  node_subnet_id       = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/network/subnets/nodes"
  node_cidr            = "10.32.0.0/18"
  api_server_subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/network/subnets/api-server"
  api_server_cidr      = "10.32.64.0/24"
  pod_cidr             = "10.244.0.0/16"
  service_cidr         = "172.20.0.0/16"
  admin_group_ids      = ["00000000-0000-0000-0000-000000000000"]
  dns_zone             = "example.com"
  dns_zone_group       = "dns"
  database_admin = {
    name      = "platform"
    object_id = "00000000-0000-0000-0000-000000000000"
  }
  database_subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/network/subnets/database"
  groups = {
    platform    = "00000000-0000-0000-0000-000000000000"
    developers  = "00000000-0000-0000-0000-000000000000"
    break_glass = "00000000-0000-0000-0000-000000000000"
  }
}

run "keeps_the_api_closed_by_default" {
  command = plan

  assert {
    condition     = local.automatic_cluster.properties.apiServerAccessProfile.enablePrivateCluster
    error_message = "Without an allow-list the API answers within the network alone."
  }
}

run "refuses_the_whole_internet" {
  command = plan

  variables {
    api_allowed_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.api_allowed_cidrs]
}

run "lets_nobody_in_without_entra" {
  command = plan

  assert {
    condition     = local.automatic_cluster.properties.disableLocalAccounts && local.automatic_cluster.properties.securityProfile.workloadIdentity.enabled
    error_message = "There are no local accounts, and pods have identities of their own."
  }
}

run "holds_versions_back_in_a_freeze" {
  command = plan

  variables {
    freezes = [{ start = "2026-12-15T00:00:00Z", end = "2027-01-05T00:00:00Z" }]
  }

  assert {
    condition     = length(local.maintenance.aksManagedAutoUpgradeSchedule.freezes) == 1 && length(local.maintenance.aksManagedNodeOSUpgradeSchedule.freezes) == 0
    error_message = "A freeze stops new versions of Kubernetes and lets patched images through."
  }
}

run "protects_what_cannot_be_remade" {
  command = plan

  assert {
    condition     = azurerm_management_lock.cluster.lock_level == "CanNotDelete" && azurerm_management_lock.logs.lock_level == "CanNotDelete"
    error_message = "A lock keeps the cluster and its audit log from being deleted."
  }
}

run "keeps_the_database_from_the_internet" {
  command = plan

  assert {
    condition     = !azurerm_postgresql_flexible_server.main.public_network_access_enabled && !azurerm_postgresql_flexible_server.main.authentication[0].password_auth_enabled
    error_message = "The database has no public address and takes no password."
  }

  assert {
    condition     = azurerm_management_lock.database.lock_level == "CanNotDelete"
    error_message = "A lock keeps the database from being deleted."
  }
}

run "keeps_a_copy_of_the_database_in_a_second_zone" {
  command = plan

  variables {
    database_zones = 2
  }

  assert {
    condition     = azurerm_postgresql_flexible_server.main.high_availability[0].mode == "ZoneRedundant"
    error_message = "A second zone takes over."
  }
}

run "keeps_the_database_in_one_zone_where_that_is_enough" {
  command = plan

  variables {
    database_zones = 1
  }

  assert {
    condition     = length(azurerm_postgresql_flexible_server.main.high_availability) == 0 && azurerm_management_lock.database.lock_level == "CanNotDelete" && azurerm_postgresql_flexible_server.main.backup_retention_days == 14
    error_message = "One zone, with the same backups and the same protection."
  }
}
