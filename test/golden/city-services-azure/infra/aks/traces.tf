# Follows ADR-0025 (docs/adr/0025-traces-the-cloud-providers-tracing-service.md).
# Traces go from each workload to Application Insights, by the library of Azure Monitor for OpenTelemetry. No agent stands between: what Azure takes from a collector is a preview.

variable "trace_senders" {
  description = "Service accounts whose workloads send traces; each gets an identity of its own."
  type = map(object({
    namespace       = string
    service_account = string
  }))
  default = {}
}

resource "azurerm_application_insights" "main" {
  name                          = var.cluster_name
  resource_group_name           = azurerm_resource_group.main.name
  location                      = var.location
  workspace_id                  = azurerm_log_analytics_workspace.main.id
  application_type              = "other"
  local_authentication_disabled = true
  tags                          = local.tags
}

resource "azurerm_user_assigned_identity" "trace_sender" {
  for_each = var.trace_senders

  name                = "${var.cluster_name}-traces-${each.key}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "trace_sender" {
  for_each = var.trace_senders

  name                = each.key
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.trace_sender[each.key].id
  issuer              = local.cluster.oidc_issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:${each.value.namespace}:${each.value.service_account}"
}

resource "azurerm_role_assignment" "trace_sender" {
  for_each = var.trace_senders

  scope                = azurerm_application_insights.main.id
  role_definition_name = "Monitoring Metrics Publisher"
  principal_id         = azurerm_user_assigned_identity.trace_sender[each.key].principal_id
  principal_type       = "ServicePrincipal"
}

output "traces" {
  description = "The address for APPLICATIONINSIGHTS_CONNECTION_STRING, whose key opens nothing, and the client id of each sender for its service account."
  # The provider marks the address as a secret; without local authentication it is none.
  value = {
    connection_string = nonsensitive(azurerm_application_insights.main.connection_string)
    clients           = { for name, made in azurerm_user_assigned_identity.trace_sender : name => made.client_id }
  }
}
