# Follows ADR-0016 (docs/adr/0016-image-signing-notary-project-notation.md).
# Reads images and their signatures, so that a verifier can judge them.

resource "azurerm_user_assigned_identity" "ratify" {
  name                = "${var.cluster_name}-ratify"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "ratify" {
  name                = "ratify"
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.ratify.id
  issuer              = local.cluster.oidc_issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:ratify:ratify"
}

resource "azurerm_role_assignment" "ratify" {
  scope                = local.registry_id
  role_definition_name = "AcrPull"
  principal_id         = azurerm_user_assigned_identity.ratify.principal_id
  principal_type       = "ServicePrincipal"
}
