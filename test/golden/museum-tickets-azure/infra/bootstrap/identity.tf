# Follows ADR-0017 (docs/adr/0017-workload-identity-the-providers-workload-identity.md).
# The identities of the workloads.

locals {
  workloads = setunion(["web"], var.services)
}

resource "azurerm_user_assigned_identity" "workload" {
  for_each = local.workloads

  name                = "${local.group}-${each.key}"
  resource_group_name = azurerm_resource_group.base.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_role_assignment" "pull" {
  for_each = azurerm_user_assigned_identity.workload

  scope                = azurerm_container_registry.main.id
  role_definition_name = "AcrPull"
  principal_id         = each.value.principal_id
  principal_type       = "ServicePrincipal"
}

# Its own secrets, and no other workload's.
resource "azurerm_role_assignment" "secrets" {
  for_each = azurerm_user_assigned_identity.workload

  scope                = azurerm_key_vault.workload[each.key].id
  role_definition_name = "Key Vault Secrets User"
  principal_id         = each.value.principal_id
  principal_type       = "ServicePrincipal"
}
