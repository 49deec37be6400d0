# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# The environment and its logs.

resource "azurerm_container_app_environment" "main" {
  name                               = local.group
  location                           = var.location
  resource_group_name                = local.group
  infrastructure_resource_group_name = "${local.group}-managed"
  infrastructure_subnet_id           = data.azurerm_subnet.environment.id
  tags                               = local.tags

  # No address on the internet: what comes from there comes through a private link or not at all.
  internal_load_balancer_enabled = true
  public_network_access          = "Disabled"

  # Over the zones of the region. Neither this nor the subnet can be changed later.
  zone_redundancy_enabled = true

  # To Log Analytics by diagnostic setting, with an identity and without the workspace's key.
  logs_destination = "azure-monitor"

  workload_profile {
    name                  = "Consumption"
    workload_profile_type = "Consumption"
  }

  # Reads the certificate of the domain from the key vault.
  identity {
    type         = "UserAssigned"
    identity_ids = [data.azurerm_user_assigned_identity.workload["web"].id]
  }

  lifecycle {
    prevent_destroy = true
  }
}

locals {
  # By its name and not looked up, since that would bring its keys into the state.
  workspace_id = "/subscriptions/${var.subscription_id}/resourceGroups/${local.base_group}/providers/Microsoft.OperationalInsights/workspaces/${local.group}"
}

resource "azurerm_monitor_diagnostic_setting" "environment" {
  name                           = "logs"
  target_resource_id             = azurerm_container_app_environment.main.id
  log_analytics_workspace_id     = local.workspace_id
  log_analytics_destination_type = "Dedicated"

  enabled_log {
    category = "ContainerAppConsoleLogs"
  }

  enabled_log {
    category = "ContainerAppSystemLogs"
  }

  # One record per request: method, path, status, duration, revision, and the address of the client.
  enabled_log {
    category = "ContainerAppHTTPLogs"
  }
}

locals {
  shared_environment = { for workload in local.workloads : workload => {
    # Which of its identities a client library takes.
    AZURE_CLIENT_ID = data.azurerm_user_assigned_identity.workload[workload].client_id

    # Where traces go; that it may write there is a role of the identity.
    APPLICATIONINSIGHTS_CONNECTION_STRING = azurerm_application_insights.main.connection_string
    OTEL_SERVICE_NAME                     = "${var.name}-${workload}"
  } }

  environment = merge({ for name, service in local.services : name => merge(local.shared_environment[name], service.environment) }, {
    worker = merge(local.shared_environment["worker"], var.worker.environment)
    job    = merge(local.shared_environment["job"], var.job.environment)
  })
}
