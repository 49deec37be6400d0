# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# One storage account for what components keep outside the cluster; each has a container of its own and no key.

locals {
  # Days after which what is left of a container goes, by container.
  kept_days = {
    cluster-backups = 42
  }
}

resource "azurerm_storage_account" "main" {
  # checkov:skip=CKV_AZURE_33: Nothing uses queues here, and without keys nobody can.
  # checkov:skip=CKV_AZURE_59: Reached by the service endpoint of the nodes' subnet; every other network is refused.
  # checkov:skip=CKV_AZURE_206: Copied over the zones of the region; another region is a decision about recovery, not a default.
  # checkov:skip=CKV2_AZURE_1: Encrypted with Microsoft's keys; keys of your own are for rules that ask for them.
  # checkov:skip=CKV2_AZURE_33: As CKV_AZURE_59.
  # Unique in all of Azure.
  name                = "st${substr(sha256("${var.subscription_id}/${var.cluster_name}"), 0, 12)}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags

  account_kind                      = "StorageV2"
  account_tier                      = "Standard"
  account_replication_type          = "ZRS"
  min_tls_version                   = "TLS1_2"
  shared_access_key_enabled         = false
  default_to_oauth_authentication   = true
  allow_nested_items_to_be_public   = false
  cross_tenant_replication_enabled  = false
  infrastructure_encryption_enabled = true
  local_user_enabled                = false

  network_rules {
    default_action             = "Deny"
    bypass                     = ["AzureServices"]
    virtual_network_subnet_ids = [for name, id in local.subnets : id if name != "api_server"]
  }

  sas_policy {
    expiration_period = "00.01:00:00"
    expiration_action = "Block"
  }

  blob_properties {
    versioning_enabled = true

    delete_retention_policy {
      days = 7
    }

    container_delete_retention_policy {
      days = 30
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_management_lock" "object_store" {
  name       = "keep"
  scope      = azurerm_storage_account.main.id
  lock_level = "CanNotDelete"
  notes      = "Holds what components keep outside the cluster."
}

# Components delete what is too old themselves; this removes what they forgot, and old versions.
resource "azurerm_storage_management_policy" "main" {
  storage_account_id = azurerm_storage_account.main.id

  dynamic "rule" {
    for_each = local.kept_days

    content {
      name    = "remove-old-${rule.key}"
      enabled = true

      filters {
        blob_types   = ["blockBlob"]
        prefix_match = ["${rule.key}/"]
      }

      actions {
        base_blob {
          delete_after_days_since_modification_greater_than = rule.value
        }

        version {
          delete_after_days_since_creation = 7
        }
      }
    }
  }
}
