# Follows ADR-0015 (docs/adr/0015-dns-and-certificates-externaldns-and-cert-manager.md).
# Writes names: one zone and nothing else.

resource "azurerm_user_assigned_identity" "external_dns" {
  name                = "${var.cluster_name}-external-dns"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "external_dns" {
  name                = "external-dns"
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.external_dns.id
  issuer              = local.cluster.oidc_issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:external-dns:external-dns"
}

resource "azurerm_role_assignment" "external_dns" {
  scope                = local.dns_zone
  role_definition_name = "DNS Zone Contributor"
  principal_id         = azurerm_user_assigned_identity.external_dns.principal_id
  principal_type       = "ServicePrincipal"
}
