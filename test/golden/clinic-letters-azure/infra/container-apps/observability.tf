# Follows ADR-0013 (docs/adr/0013-metrics-the-cloud-providers-metrics-service.md).
# Alert receivers, traces, probes, workbook.

locals {
  receivers = {
    page   = var.alert_receiver
    ticket = coalesce(var.ticket_receiver, var.alert_receiver)
  }
}

resource "azurerm_monitor_action_group" "main" {
  for_each = local.receivers

  name                = "${local.group}-${each.key}"
  resource_group_name = local.group
  short_name          = each.key
  tags                = local.tags

  dynamic "webhook_receiver" {
    for_each = startswith(each.value, "https://") ? [each.value] : []

    content {
      name                    = "webhook"
      service_uri             = webhook_receiver.value
      use_common_alert_schema = true
    }
  }

  dynamic "email_receiver" {
    for_each = startswith(each.value, "https://") ? [] : [each.value]

    content {
      name                    = "mail"
      email_address           = email_receiver.value
      use_common_alert_schema = true
    }
  }
}

# Traces come here from the workloads, which sign in with their identities: the key in the address alone opens nothing.
resource "azurerm_application_insights" "main" {
  name                          = local.group
  location                      = var.location
  resource_group_name           = local.group
  workspace_id                  = local.workspace_id
  application_type              = "other"
  local_authentication_disabled = true
  tags                          = local.tags
}

locals {
  apps = merge({ for name, app in azurerm_container_app.web : name => app.id }, { worker = azurerm_container_app.worker.id })
}

resource "azurerm_monitor_metric_alert" "restarts" {
  for_each = local.apps

  name                = "${each.key}-restarts"
  resource_group_name = local.group
  scopes              = [each.value]
  description         = "Replicas restart again and again. Runbook: docs/runbooks/deploy-and-rollback.md"
  severity            = 2
  frequency           = "PT5M"
  window_size         = "PT15M"
  tags                = local.tags

  criteria {
    metric_namespace = "Microsoft.App/containerApps"
    metric_name      = "RestartCount"
    aggregation      = "Maximum"
    operator         = "GreaterThan"
    threshold        = 3
  }

  action {
    action_group_id = azurerm_monitor_action_group.main["ticket"].id
  }
}

resource "azurerm_monitor_metric_alert" "saturation" {
  for_each = azurerm_container_app.web

  name                = "${each.key}-saturation"
  resource_group_name = local.group
  scopes              = [each.value.id]
  description         = "Four fifths of the replicas allowed: at the limit requests wait, then fail. Runbook: docs/runbooks/quota-and-region.md"
  severity            = 2
  frequency           = "PT5M"
  window_size         = "PT15M"
  tags                = local.tags

  criteria {
    metric_namespace = "Microsoft.App/containerApps"
    metric_name      = "Replicas"
    aggregation      = "Maximum"
    operator         = "GreaterThanOrEqual"
    threshold        = ceil(local.services[each.key].max_replicas * 0.8)
  }

  action {
    action_group_id = azurerm_monitor_action_group.main["ticket"].id
  }
}

locals {
  charts = {
    "Requests by status"               = "${local.requests} | summarize requests = count() by bin(TimeGenerated, 5m), tostring(status) | render timechart"
    "Milliseconds, half and 95 of 100" = "${local.requests} | summarize percentiles(milliseconds, 50, 95) by bin(TimeGenerated, 5m) | render timechart"
    "Requests by revision"             = "ContainerAppHTTPLogs | summarize requests = count() by bin(TimeGenerated, 5m), RevisionName | render timechart"
    "What the platform says"           = "ContainerAppSystemLogs | where Type != 'Normal' | project TimeGenerated, ContainerAppName, RevisionName, Reason, Log | order by TimeGenerated desc | take 50"
  }
}

resource "azurerm_application_insights_workbook" "web" {
  name                = uuidv5("url", "https://${local.group}.invalid/web")
  display_name        = "${var.name} ${var.environment}"
  location            = var.location
  resource_group_name = local.group
  source_id           = lower(local.workspace_id)
  tags                = local.tags

  data_json = jsonencode({
    version = "Notebook/1.0"
    items = [for title, query in local.charts : {
      type = 3
      name = title
      content = {
        version       = "KqlItem/1.0"
        title         = title
        query         = query
        size          = 0
        queryType     = 0
        resourceType  = "microsoft.operationalinsights/workspaces"
        timeContext   = { durationMs = 86400000 }
        visualization = title == "What the platform says" ? "table" : "timechart"
      }
    }]
    fallbackResourceIds = [local.workspace_id]
  })
}
