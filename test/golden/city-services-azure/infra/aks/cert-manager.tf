# Follows ADR-0015 (docs/adr/0015-dns-and-certificates-externaldns-and-cert-manager.md).
# Proves whose a name is: text records of one zone.

resource "azurerm_user_assigned_identity" "cert_manager" {
  name                = "${var.cluster_name}-cert-manager"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "cert_manager" {
  name                = "cert-manager"
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.cert_manager.id
  issuer              = local.cluster.oidc_issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:cert-manager:cert-manager"
}

resource "azurerm_role_definition" "cert_manager" {
  name        = "${var.cluster_name}-prove-certificates"
  scope       = local.dns_zone_group
  description = "Writes text records of one zone."

  permissions {
    actions = [
      "Microsoft.Network/dnsZones/read",
      "Microsoft.Network/dnsZones/TXT/delete",
      "Microsoft.Network/dnsZones/TXT/read",
      "Microsoft.Network/dnsZones/TXT/write",
    ]
  }

  assignable_scopes = [local.dns_zone_group]
}

resource "azurerm_role_assignment" "cert_manager" {
  scope              = local.dns_zone
  role_definition_id = azurerm_role_definition.cert_manager.role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.cert_manager.principal_id
  principal_type     = "ServicePrincipal"
}
