# Follows ADR-0010 (docs/adr/0010-registry-a-cloud-registry-ecr-acr-artifact-registry-or-a-hosted-one.md).
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

variable "publishers" {
  description = "GitHub repositories whose pipelines on the branch main may push: owner/name, or owner@number/name@number as GitHub names them in its tokens."
  type        = set(string)
  default     = []
}

resource "azurerm_user_assigned_identity" "push" {
  name                = "github-push"
  resource_group_name = azurerm_resource_group.registry.name
  location            = var.location
}

# An identity trusts twenty repositories at most.
resource "azurerm_federated_identity_credential" "push" {
  for_each = var.publishers

  name                = replace(each.value, "/[^A-Za-z0-9-]/", "-")
  resource_group_name = azurerm_resource_group.registry.name
  parent_id           = azurerm_user_assigned_identity.push.id
  issuer              = "https://token.actions.githubusercontent.com"
  audience            = ["api://AzureADTokenExchange"]
  subject             = "repo:${each.value}:ref:refs/heads/main"
}

resource "azurerm_role_definition" "push" {
  name        = "push-images"
  scope       = azurerm_container_registry.main.id
  description = "Pushes images and locks them; deletes none."

  permissions {
    actions = [
      "Microsoft.ContainerRegistry/registries/metadata/read",
      "Microsoft.ContainerRegistry/registries/metadata/write",
      "Microsoft.ContainerRegistry/registries/pull/read",
      "Microsoft.ContainerRegistry/registries/push/write",
      "Microsoft.ContainerRegistry/registries/read",
    ]
  }

  assignable_scopes = [azurerm_resource_group.registry.id]
}

resource "azurerm_role_assignment" "push" {
  scope              = azurerm_container_registry.main.id
  role_definition_id = azurerm_role_definition.push.role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.push.principal_id
  principal_type     = "ServicePrincipal"
}

output "images" {
  description = "Goes into the variables IMAGES_REGISTRY, IMAGES_CLIENT and IMAGES_SUBSCRIPTION at GitHub."
  value = {
    registry     = azurerm_container_registry.main.login_server
    client       = azurerm_user_assigned_identity.push.client_id
    subscription = var.subscription_id
  }
}
