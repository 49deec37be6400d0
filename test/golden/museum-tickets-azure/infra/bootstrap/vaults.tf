# Follows ADR-0014 (docs/adr/0014-secrets-the-providers-secret-store-read-by-the-service-itself.md).
# Secrets of the workloads.

# One per workload, so that none can read what is another's. Values are added by people and never stand in the state.
resource "azurerm_key_vault" "workload" {
  # checkov:skip=CKV_AZURE_189: People write secrets from named addresses; everything else comes by private endpoint.
  # checkov:skip=CKV2_AZURE_32: The private endpoint is in infra/container-apps, beside the network.
  for_each = local.workloads

  name                       = local.vaults[each.key]
  resource_group_name        = azurerm_resource_group.base.name
  location                   = var.location
  tenant_id                  = data.azurerm_client_config.current.tenant_id
  sku_name                   = "standard"
  rbac_authorization_enabled = true
  purge_protection_enabled   = true
  soft_delete_retention_days = 90
  tags                       = local.tags

  network_acls {
    default_action = "Deny"
    bypass         = "AzureServices"
    ip_rules       = var.admin_ranges
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_management_lock" "vault" {
  for_each = azurerm_key_vault.workload

  name       = "keep"
  scope      = each.value.id
  lock_level = "CanNotDelete"
  notes      = "Holds secrets."
}
