# Follows ADR-0022 (docs/adr/0022-secrets-external-secrets-operator.md).
# The vault that secrets come from. Values are written by people and never stand in this repository or its state.

variable "vault_allowed_cidrs" {
  description = "Public networks from which people reach the vault of secrets; they still have to sign in. Empty: from the nodes' subnet alone."
  type        = list(string)
  default     = []
}

variable "secret_writers" {
  description = "Object ids of the Entra groups whose members may write secrets into the vault."
  type        = list(string)
  default     = []
}

resource "azurerm_key_vault" "secrets" {
  # checkov:skip=CKV_AZURE_189: Reached by the service endpoint of the nodes' subnet and by named networks of people.
  # checkov:skip=CKV2_AZURE_32: As CKV_AZURE_189.
  # Unique in all of Azure.
  name                       = "kv-${substr(sha256("${var.subscription_id}/${var.cluster_name}"), 0, 12)}"
  resource_group_name        = azurerm_resource_group.main.name
  location                   = var.location
  tenant_id                  = data.azurerm_client_config.current.tenant_id
  sku_name                   = "standard"
  rbac_authorization_enabled = true
  purge_protection_enabled   = true
  soft_delete_retention_days = 90
  tags                       = local.tags

  network_acls {
    default_action             = "Deny"
    bypass                     = "AzureServices"
    ip_rules                   = var.vault_allowed_cidrs
    virtual_network_subnet_ids = [for name, id in local.subnets : id if name != "api_server"]
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_management_lock" "secret_store" {
  name       = "keep"
  scope      = azurerm_key_vault.secrets.id
  lock_level = "CanNotDelete"
  notes      = "Holds secrets."
}

resource "azurerm_role_assignment" "secret_writers" {
  for_each = toset(var.secret_writers)

  scope                = azurerm_key_vault.secrets.id
  role_definition_name = "Key Vault Secrets Officer"
  principal_id         = each.value
  principal_type       = "Group"
}

# Who read or wrote which secret, and when.
resource "azurerm_monitor_diagnostic_setting" "secret_store" {
  name                       = "audit"
  target_resource_id         = azurerm_key_vault.secrets.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  enabled_log {
    category_group = "audit"
  }
}
