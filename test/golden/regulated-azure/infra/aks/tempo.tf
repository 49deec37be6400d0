# Follows ADR-0025 (docs/adr/0025-traces-tempo.md).
# A container and the right to read and write it, for one component.

resource "azurerm_user_assigned_identity" "tempo" {
  name                = "${var.cluster_name}-tempo"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "tempo" {
  name                = "tempo"
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.tempo.id
  issuer              = local.cluster.oidc_issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:tracing:tempo"
}

resource "azurerm_storage_container" "traces" {
  # checkov:skip=CKV2_AZURE_21: Reads and writes of a component's own data; who changed the account is in the activity log.
  name                  = "traces"
  storage_account_id    = azurerm_storage_account.main.id
  container_access_type = "private"

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_role_assignment" "tempo" {
  scope                = azurerm_storage_container.traces.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azurerm_user_assigned_identity.tempo.principal_id
  principal_type       = "ServicePrincipal"
}
