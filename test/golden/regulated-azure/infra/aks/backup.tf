# Follows ADR-0004 (docs/adr/0004-backup-the-cloud-providers-backup-service.md).
# Objects and volumes of the cluster are copied every night and kept for five weeks; its database every week, apart from the server and for a year.

resource "azurerm_data_protection_backup_vault" "main" {
  name                       = "${var.cluster_name}-backups"
  resource_group_name        = azurerm_resource_group.main.name
  location                   = var.location
  datastore_type             = "VaultStore"
  redundancy                 = "GeoRedundant"
  soft_delete                = "On"
  retention_duration_in_days = 14
  tags                       = local.tags

  identity {
    type = "SystemAssigned"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_management_lock" "backups" {
  name       = "keep"
  scope      = azurerm_data_protection_backup_vault.main.id
  lock_level = "CanNotDelete"
  notes      = "Knows of every copy."
}

# Objects lie in a container of the storage account, copies of disks in a group of their own, which outlives the cluster.
resource "azurerm_storage_container" "cluster_backups" {
  # checkov:skip=CKV2_AZURE_21: Reads and writes of the backup service alone; who changed the account is in the activity log.
  name                  = "cluster-backups"
  storage_account_id    = azurerm_storage_account.main.id
  container_access_type = "private"

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_resource_group" "snapshots" {
  name     = "${var.cluster_name}-snapshots"
  location = var.location
  tags     = local.tags

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_kubernetes_cluster_extension" "backup" {
  name              = "azure-aks-backup"
  cluster_id        = local.cluster.id
  extension_type    = "Microsoft.DataProtection.Kubernetes"
  release_train     = "stable"
  release_namespace = "dataprotection-microsoft"

  # The account has no keys: the extension signs in as itself.
  configuration_settings = {
    "configuration.backupStorageLocation.bucket"                   = azurerm_storage_container.cluster_backups.name
    "configuration.backupStorageLocation.config.resourceGroup"     = azurerm_resource_group.main.name
    "configuration.backupStorageLocation.config.storageAccount"    = azurerm_storage_account.main.name
    "configuration.backupStorageLocation.config.storageAccountURI" = azurerm_storage_account.main.primary_blob_endpoint
    "configuration.backupStorageLocation.config.subscriptionId"    = var.subscription_id
    "configuration.backupStorageLocation.config.useAAD"            = "true"
    "credentials.tenantId"                                         = data.azurerm_client_config.current.tenant_id
  }
}

# The vault talks to the extension through the API of the cluster, private or not.
resource "azurerm_kubernetes_cluster_trusted_access_role_binding" "backup" {
  name                  = "backup"
  kubernetes_cluster_id = local.cluster.id
  roles                 = ["Microsoft.DataProtection/backupVaults/backup-operator"]
  source_resource_id    = azurerm_data_protection_backup_vault.main.id
}

locals {
  backup_rights = {
    extension_writes_objects = { scope = azurerm_storage_account.main.id, role = "Storage Blob Data Contributor", who = azurerm_kubernetes_cluster_extension.backup.aks_assigned_identity[0].principal_id }
    cluster_copies_disks     = { scope = azurerm_resource_group.snapshots.id, role = "Contributor", who = azurerm_user_assigned_identity.cluster.principal_id }
    vault_reads_cluster      = { scope = local.cluster.id, role = "Reader", who = azurerm_data_protection_backup_vault.main.identity[0].principal_id }
    vault_reads_snapshots    = { scope = azurerm_resource_group.snapshots.id, role = "Reader", who = azurerm_data_protection_backup_vault.main.identity[0].principal_id }
  }
}

resource "azurerm_role_assignment" "backup" {
  for_each = local.backup_rights

  scope                = each.value.scope
  role_definition_name = each.value.role
  principal_id         = each.value.who
  principal_type       = "ServicePrincipal"
}

resource "azurerm_data_protection_backup_policy_kubernetes_cluster" "nightly" {
  name                            = "nightly"
  resource_group_name             = azurerm_resource_group.main.name
  vault_name                      = azurerm_data_protection_backup_vault.main.name
  backup_repeating_time_intervals = ["R/2026-01-01T02:17:00+00:00/P1D"]

  default_retention_rule {
    life_cycle {
      duration        = "P35D"
      data_store_type = "OperationalStore"
    }
  }
}

resource "azurerm_data_protection_backup_instance_kubernetes_cluster" "main" {
  name                         = var.cluster_name
  location                     = var.location
  vault_id                     = azurerm_data_protection_backup_vault.main.id
  backup_policy_id             = azurerm_data_protection_backup_policy_kubernetes_cluster.nightly.id
  kubernetes_cluster_id        = local.cluster.id
  snapshot_resource_group_name = azurerm_resource_group.snapshots.name

  backup_datasource_parameters {
    cluster_scoped_resources_enabled = true
    volume_snapshot_enabled          = true
    excluded_namespaces              = ["dataprotection-microsoft", "kube-system"]
  }

  depends_on = [
    azurerm_kubernetes_cluster_trusted_access_role_binding.backup,
    azurerm_role_assignment.backup,
  ]
}

# The server's own backups go when the server goes; these lie in the vault and do not.
resource "azurerm_role_assignment" "backup_database" {
  for_each = {
    Reader                                                       = azurerm_resource_group.main.id
    "PostgreSQL Flexible Server Long Term Retention Backup Role" = azurerm_postgresql_flexible_server.main.id
  }

  scope                = each.value
  role_definition_name = each.key
  principal_id         = azurerm_data_protection_backup_vault.main.identity[0].principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_data_protection_backup_policy_postgresql_flexible_server" "weekly" {
  name                            = "weekly"
  vault_id                        = azurerm_data_protection_backup_vault.main.id
  backup_repeating_time_intervals = ["R/2026-01-04T01:17:00+00:00/P1W"]

  default_retention_rule {
    life_cycle {
      duration        = "P12M"
      data_store_type = "VaultStore"
    }
  }
}

resource "azurerm_data_protection_backup_instance_postgresql_flexible_server" "main" {
  name             = "${var.cluster_name}-database"
  location         = var.location
  vault_id         = azurerm_data_protection_backup_vault.main.id
  server_id        = azurerm_postgresql_flexible_server.main.id
  backup_policy_id = azurerm_data_protection_backup_policy_postgresql_flexible_server.weekly.id

  depends_on = [azurerm_role_assignment.backup_database]
}

# The vault raises an alert of its own for each job that fails; this says who hears of it.
resource "azurerm_monitor_alert_processing_rule_action_group" "backups" {
  name                 = "${var.cluster_name}-backup-failed"
  resource_group_name  = azurerm_resource_group.main.name
  scopes               = [azurerm_data_protection_backup_vault.main.id]
  add_action_group_ids = [azurerm_monitor_action_group.alarms.id]
  tags                 = local.tags
}

resource "azurerm_monitor_diagnostic_setting" "backups" {
  name                           = "jobs"
  target_resource_id             = azurerm_data_protection_backup_vault.main.id
  log_analytics_workspace_id     = azurerm_log_analytics_workspace.main.id
  log_analytics_destination_type = "Dedicated"

  enabled_log {
    category = "AddonAzureBackupJobs"
  }
}

# Silence is not success: nothing failed where nothing was tried.
resource "azurerm_monitor_scheduled_query_rules_alert_v2" "backup_too_old" {
  name                  = "${var.cluster_name}-backup-too-old"
  resource_group_name   = azurerm_resource_group.main.name
  location              = var.location
  description           = "No copy was completed within a day and a half: docs/runbooks/restore.md"
  scopes                = [azurerm_log_analytics_workspace.main.id]
  severity              = 1
  evaluation_frequency  = "PT1H"
  window_duration       = "P2D"
  skip_query_validation = true
  tags                  = local.tags

  criteria {
    query                   = <<-QUERY
      AddonAzureBackupJobs
      | where TimeGenerated > ago(36h) and JobOperation == "Backup" and JobStatus == "Completed"
    QUERY
    time_aggregation_method = "Count"
    operator                = "LessThan"
    threshold               = 1
  }

  action {
    action_groups = [azurerm_monitor_action_group.alarms.id]
  }
}
