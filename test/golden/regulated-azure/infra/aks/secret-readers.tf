# Follows ADR-0022 (docs/adr/0022-secrets-secrets-store-csi-driver.md).
# The driver has no rights itself: each workload reads with an identity of its own, and single secrets alone.

variable "secret_readers" {
  description = "Service accounts that may read secrets of the vault, by any name, each with the names of those secrets."
  type = map(object({
    namespace       = string
    service_account = string
    secrets         = set(string)
  }))
  default = {}
}

locals {
  readable = merge([for reader, given in var.secret_readers : { for secret in given.secrets : "${reader} ${secret}" => { reader = reader, secret = secret } }]...)
}

resource "azurerm_user_assigned_identity" "reader" {
  for_each = var.secret_readers

  name                = "${var.cluster_name}-${each.key}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "reader" {
  for_each = var.secret_readers

  name                = each.key
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.reader[each.key].id
  issuer              = local.cluster.oidc_issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:${each.value.namespace}:${each.value.service_account}"
}

resource "azurerm_role_assignment" "reader" {
  for_each = local.readable

  scope                = "${azurerm_key_vault.secrets.id}/secrets/${each.value.secret}"
  role_definition_name = "Key Vault Secrets User"
  principal_id         = azurerm_user_assigned_identity.reader[each.value.reader].principal_id
  principal_type       = "ServicePrincipal"
}

output "secret_readers" {
  description = "The clientID of each reader, for its SecretProviderClass, and the vault."
  value       = { vault = azurerm_key_vault.secrets.name, clients = { for reader, made in azurerm_user_assigned_identity.reader : reader => made.client_id } }
}
