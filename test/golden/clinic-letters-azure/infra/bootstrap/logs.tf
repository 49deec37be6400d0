# Follows ADR-0005 (docs/adr/0005-logs-the-cloud-providers-log-service.md).
# Log retention and audit logs.

resource "azurerm_log_analytics_workspace" "main" {
  name                         = local.group
  resource_group_name          = azurerm_resource_group.base.name
  location                     = var.location
  sku                          = "PerGB2018"
  retention_in_days            = var.log_retention_days
  local_authentication_enabled = false
  tags                         = local.tags

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_management_lock" "logs" {
  name       = "keep"
  scope      = azurerm_log_analytics_workspace.main.id
  lock_level = "CanNotDelete"
  notes      = "Holds audit logs."
}

# Who changed what in the subscription, and which policies and alerts followed.
resource "azurerm_monitor_diagnostic_setting" "activity" {
  name                       = local.group
  target_resource_id         = "/subscriptions/${var.subscription_id}"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  dynamic "enabled_log" {
    for_each = toset(["Administrative", "Security", "Alert", "Policy"])

    content {
      category = enabled_log.value
    }
  }
}

# Who read or wrote the state, an image or a secret.
resource "azurerm_monitor_diagnostic_setting" "audit" {
  for_each = merge(
    {
      state    = "${azurerm_storage_account.state.id}/blobServices/default"
      registry = azurerm_container_registry.main.id
    },
    { for workload, vault in azurerm_key_vault.workload : "vault-${workload}" => vault.id },
  )

  name                       = "audit"
  target_resource_id         = each.value
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  enabled_log {
    category_group = "audit"
  }
}
