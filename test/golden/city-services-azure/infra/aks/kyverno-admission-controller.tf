# Follows ADR-0016 (docs/adr/0016-image-signing-sigstore-cosign.md).
# Reads images and their signatures, so that a verifier can judge them.

resource "azurerm_user_assigned_identity" "kyverno_admission_controller" {
  name                = "${var.cluster_name}-kyverno-admission-controller"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "kyverno_admission_controller" {
  name                = "kyverno-admission-controller"
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.kyverno_admission_controller.id
  issuer              = local.cluster.oidc_issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:kyverno:kyverno-admission-controller"
}

resource "azurerm_role_assignment" "kyverno_admission_controller" {
  scope                = local.registry_id
  role_definition_name = "AcrPull"
  principal_id         = azurerm_user_assigned_identity.kyverno_admission_controller.principal_id
  principal_type       = "ServicePrincipal"
}
