# Follows ADR-0021 (docs/adr/0021-metrics-the-cloud-providers-metrics-service.md).
# The agent of the metrics writes by one rule, into one workspace.

resource "azurerm_user_assigned_identity" "metrics_agent" {
  name                = "${var.cluster_name}-metrics-agent"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "metrics_agent" {
  name                = "metrics-agent"
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.metrics_agent.id
  issuer              = local.cluster.oidc_issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:monitoring:metrics-agent"
}

resource "azurerm_role_assignment" "metrics_agent" {
  scope                = azurerm_monitor_data_collection_rule.metrics.id
  role_definition_name = "Monitoring Metrics Publisher"
  principal_id         = azurerm_user_assigned_identity.metrics_agent.principal_id
  principal_type       = "ServicePrincipal"
}
