# Follows ADR-0021 (docs/adr/0021-metrics-the-cloud-providers-metrics-service.md).
# Where metrics are kept for eighteen months. The agent reads the monitors in Git; the add-on of Azure would read a kind of monitor that only Azure knows.

resource "azurerm_monitor_workspace" "main" {
  name                = var.cluster_name
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_management_lock" "metrics" {
  name       = "keep"
  scope      = azurerm_monitor_workspace.main.id
  lock_level = "CanNotDelete"
  notes      = "Holds the metrics, and with them what an error budget is counted from."
}

# Where the agent writes to, and where from there it goes.
resource "azurerm_monitor_data_collection_endpoint" "metrics" {
  name                = "${var.cluster_name}-metrics"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  description         = "Takes what the agent of the cluster measures; a token of Entra opens it, and nothing else."
  tags                = local.tags
}

resource "azurerm_monitor_data_collection_rule" "metrics" {
  name                        = "${var.cluster_name}-metrics"
  resource_group_name         = azurerm_resource_group.main.name
  location                    = var.location
  data_collection_endpoint_id = azurerm_monitor_data_collection_endpoint.metrics.id
  tags                        = local.tags

  destinations {
    monitor_account {
      name               = "workspace"
      monitor_account_id = azurerm_monitor_workspace.main.id
    }
  }

  data_flow {
    streams      = ["Microsoft-PrometheusMetrics"]
    destinations = ["workspace"]
  }

  data_sources {
    prometheus_forwarder {
      name    = "agent"
      streams = ["Microsoft-PrometheusMetrics"]
    }
  }
}

# Reading the API of the workspace, which dashboards ask.
resource "azurerm_role_assignment" "metrics_readers" {
  for_each = { for name, id in var.groups : name => id if name != "break_glass" }

  scope                = azurerm_monitor_workspace.main.id
  role_definition_name = "Monitoring Data Reader"
  principal_id         = each.value
  principal_type       = "Group"
}
