# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# State holds addresses and names of everything: private, without keys, and every version kept for a month.

resource "azurerm_resource_group" "state" {
  name     = "terraform-state"
  location = var.location
}

resource "azurerm_storage_account" "state" {
  # checkov:skip=CKV_AZURE_33: Nothing uses queues here, and without keys nobody can.
  # checkov:skip=CKV_AZURE_35: Pipelines come from addresses that change; identities decide, and there are no keys.
  # checkov:skip=CKV_AZURE_59: As above: reached from pipelines, while nothing in it can be read without signing in.
  # checkov:skip=CKV2_AZURE_1: Encrypted with Microsoft's keys; keys of your own are for rules that ask for them.
  # checkov:skip=CKV2_AZURE_33: As CKV_AZURE_35.
  name                = "st${substr(sha256(var.subscription_id), 0, 12)}"
  resource_group_name = azurerm_resource_group.state.name
  location            = var.location

  account_kind                      = "StorageV2"
  account_tier                      = "Standard"
  account_replication_type          = "GZRS"
  min_tls_version                   = "TLS1_2"
  shared_access_key_enabled         = false
  default_to_oauth_authentication   = true
  allow_nested_items_to_be_public   = false
  cross_tenant_replication_enabled  = false
  infrastructure_encryption_enabled = true
  local_user_enabled                = false

  sas_policy {
    expiration_period = "00.01:00:00"
    expiration_action = "Block"
  }

  blob_properties {
    versioning_enabled = true

    delete_retention_policy {
      days = 30
    }

    container_delete_retention_policy {
      days = 30
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

# A blob is leased while a run holds it: that is the lock.
resource "azurerm_storage_container" "state" {
  # checkov:skip=CKV2_AZURE_21: Who reads state is seen where the organisation keeps its activity log; nothing secret is in it.
  name                  = "state"
  storage_account_id    = azurerm_storage_account.state.id
  container_access_type = "private"

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_management_lock" "state" {
  name       = "keep"
  scope      = azurerm_storage_account.state.id
  lock_level = "CanNotDelete"
  notes      = "Holds the state of every folder under infra."
}

# Whoever applies this goes on with the clusters, and without keys has to be let in by name.
resource "azurerm_role_assignment" "state_owner" {
  scope                = azurerm_storage_container.state.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = data.azurerm_client_config.current.object_id
}

output "state_account" {
  description = "Goes into the .tfbackend file of every cluster."
  value       = azurerm_storage_account.state.name
}
