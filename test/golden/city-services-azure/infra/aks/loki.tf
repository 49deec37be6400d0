# Follows ADR-0011 (docs/adr/0011-logs-loki.md).
# A container and the right to read and write it, for one component.

resource "azurerm_user_assigned_identity" "loki" {
  name                = "${var.cluster_name}-loki"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "loki" {
  name                = "loki"
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.loki.id
  issuer              = local.cluster.oidc_issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:logging:loki"
}

resource "azurerm_storage_container" "logs" {
  # checkov:skip=CKV2_AZURE_21: Reads and writes of a component's own data; who changed the account is in the activity log.
  name                  = "logs"
  storage_account_id    = azurerm_storage_account.main.id
  container_access_type = "private"

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_role_assignment" "loki" {
  scope                = azurerm_storage_container.logs.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azurerm_user_assigned_identity.loki.principal_id
  principal_type       = "ServicePrincipal"
}
