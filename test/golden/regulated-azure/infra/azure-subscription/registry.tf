# Follows ADR-0017 (docs/adr/0017-registry-a-cloud-registry-with-a-mirror-of-what-others-publish.md).
# One registry for all clusters of the subscription, over its zones; nobody signs in with a password.

resource "azurerm_resource_group" "registry" {
  name     = "registry"
  location = var.location
}

resource "azurerm_container_registry" "main" {
  # checkov:skip=CKV_AZURE_139: Pipelines push from addresses that change; identities decide, and there is no password.
  # checkov:skip=CKV_AZURE_164: Content trust is retired; signatures are a decision of their own.
  # checkov:skip=CKV_AZURE_165: One region; a second one is a decision about recovery, not a default.
  # checkov:skip=CKV_AZURE_166: Quarantine needs a scanner that releases images.
  # checkov:skip=CKV_AZURE_167: Untagged manifests go after a month, below.
  # Unique in all of Azure.
  name                = "acr${substr(sha256(var.subscription_id), 0, 12)}"
  resource_group_name = azurerm_resource_group.registry.name
  location            = var.location
  sku                 = "Premium"

  admin_enabled            = false
  anonymous_pull_enabled   = false
  zone_redundancy_enabled  = true
  data_endpoint_enabled    = true
  retention_policy_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_management_lock" "registry" {
  name       = "keep"
  scope      = azurerm_container_registry.main.id
  lock_level = "CanNotDelete"
  notes      = "Holds the images that a rollback needs."
}
