# Follows ADR-0006 (docs/adr/0006-logs-the-cloud-providers-log-service.md).
# The agent of Azure reads the logs of containers on every node, and this rule says what of it is kept.

variable "unlogged_namespaces" {
  description = "Namespaces whose logs are not kept, by name: what is not kept is not paid for."
  type        = list(string)
  default     = ["kube-system"]
}

resource "azurerm_monitor_data_collection_rule" "logs" {
  name                = "${var.cluster_name}-logs"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags

  destinations {
    log_analytics {
      name                  = "workspace"
      workspace_resource_id = azurerm_log_analytics_workspace.main.id
    }
  }

  data_flow {
    streams      = ["Microsoft-ContainerLogV2", "Microsoft-KubeEvents", "Microsoft-KubePodInventory"]
    destinations = ["workspace"]
  }

  data_sources {
    extension {
      name           = "ContainerInsightsExtension"
      extension_name = "ContainerInsights"
      streams        = ["Microsoft-ContainerLogV2", "Microsoft-KubeEvents", "Microsoft-KubePodInventory"]

      extension_json = jsonencode({
        dataCollectionSettings = {
          interval               = "1m"
          namespaceFilteringMode = "Exclude"
          namespaces             = var.unlogged_namespaces
          enableContainerLogV2   = true
        }
      })
    }
  }
}

# The agent looks for an association of this name.
resource "azurerm_monitor_data_collection_rule_association" "logs" {
  name                    = "ContainerInsightsExtension"
  target_resource_id      = local.cluster.id
  data_collection_rule_id = azurerm_monitor_data_collection_rule.logs.id
}
