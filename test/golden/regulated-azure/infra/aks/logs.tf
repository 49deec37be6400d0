# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# What the control plane writes, audit among it.

resource "azurerm_log_analytics_workspace" "main" {
  name                         = var.cluster_name
  resource_group_name          = azurerm_resource_group.main.name
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
  notes      = "Holds the audit log."
}

# guard is who signed in; kube-audit is what they did.
resource "azurerm_monitor_diagnostic_setting" "cluster" {
  name                           = "control-plane"
  target_resource_id             = local.cluster.id
  log_analytics_workspace_id     = azurerm_log_analytics_workspace.main.id
  log_analytics_destination_type = "Dedicated"

  dynamic "enabled_log" {
    for_each = toset([
      "cloud-controller-manager",
      "cluster-autoscaler",
      "guard",
      "kube-apiserver",
      "kube-audit",
      "kube-controller-manager",
      "kube-scheduler",
    ])

    content {
      category = enabled_log.value
    }
  }
}
