# Follows ADR-0008 (docs/adr/0008-registry-a-cloud-registry-ecr-acr-artifact-registry-or-a-hosted-one.md).
# Images of this environment.

resource "azurerm_container_registry" "main" {
  # checkov:skip=CKV_AZURE_164: Content trust is retired; images are signed and looked at by the pipeline.
  # checkov:skip=CKV_AZURE_165: One region; a second one is a decision about recovery, not a default.
  # checkov:skip=CKV_AZURE_166: Quarantine needs a scanner that releases images; Defender looks at them after the push.
  # checkov:skip=CKV_AZURE_139: Pipelines push from addresses that change; identities decide. Workloads pull privately.
  name                = local.registry
  resource_group_name = azurerm_resource_group.base.name
  location            = var.location
  sku                 = "Premium"
  tags                = local.tags

  # Nobody without an identity, and no user with a password for everything.
  admin_enabled          = false
  anonymous_pull_enabled = false

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

# Workloads pull from this registry only; the sample comes through it and is kept.
resource "azurerm_container_registry_cache_rule" "sample" {
  name                  = "podinfo"
  container_registry_id = azurerm_container_registry.main.id
  source_repo           = "ghcr.io/stefanprodan/podinfo"
  target_repo           = "upstream/stefanprodan/podinfo"
}

resource "azurerm_security_center_subscription_pricing" "images" {
  count = var.scan_images ? 1 : 0

  resource_type = "Containers"
  tier          = "Standard"

  extension {
    name = "ContainerRegistriesVulnerabilityAssessments"
  }
}
