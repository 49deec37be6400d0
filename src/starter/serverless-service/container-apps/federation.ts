/** infra/bootstrap/federation.tf: how GitHub signs in without a key, and what its three identities may do. */
import { hcl } from '../../../files/hcl.ts';
import { ACR_PUSH } from '../../azure/image-push.ts';

export const FEDERATION = hcl`
locals {
  # Which job may use which identity: the subject of the token that GitHub gives it.
  subjects = {
    plan   = "\${var.github_subject}:ref:refs/heads/main"
    deploy = "\${var.github_subject}:environment:\${var.environment}"
    images = "\${var.github_subject}:ref:refs/heads/main"
  }
}

resource "azurerm_user_assigned_identity" "github" {
  for_each = local.subjects

  name                = "\${local.group}-github-\${each.key}"
  resource_group_name = azurerm_resource_group.base.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "github" {
  for_each = local.subjects

  name                = each.key
  resource_group_name = azurerm_resource_group.base.name
  parent_id           = azurerm_user_assigned_identity.github[each.key].id
  issuer              = "https://token.actions.githubusercontent.com"
  audience            = ["api://AzureADTokenExchange"]
  subject             = each.value
}

# Azure takes one credential of an identity at a time.
resource "azurerm_federated_identity_credential" "pull_requests" {
  name                = "pull-requests"
  resource_group_name = azurerm_resource_group.base.name
  parent_id           = azurerm_user_assigned_identity.github["plan"].id
  issuer              = "https://token.actions.githubusercontent.com"
  audience            = ["api://AzureADTokenExchange"]
  subject             = "\${var.github_subject}:pull_request"

  depends_on = [azurerm_federated_identity_credential.github]
}

# plan and deploy look at everything that they compare.
resource "azurerm_role_assignment" "read" {
  for_each = { for pair in setproduct(["plan", "deploy"], ["main", "base"]) : join("-", pair) => pair }

  scope                = each.value[1] == "main" ? azurerm_resource_group.main.id : azurerm_resource_group.base.id
  role_definition_name = "Reader"
  principal_id         = azurerm_user_assigned_identity.github[each.value[0]].principal_id
  principal_type       = "ServicePrincipal"
}

# A plan compares which secrets an app refers to. Their values are in the key vaults, which this does not open.
resource "azurerm_role_definition" "plan" {
  name        = "\${local.group}-plan"
  scope       = azurerm_resource_group.main.id
  description = "Reads the references to secrets of apps and jobs, and templates."

  permissions {
    actions = [
      "Microsoft.App/containerApps/listSecrets/action",
      "Microsoft.App/jobs/listSecrets/action",
      "Microsoft.Resources/deployments/exportTemplate/action",
    ]
  }

  assignable_scopes = [azurerm_resource_group.main.id]
}

resource "azurerm_role_assignment" "plan" {
  scope              = azurerm_resource_group.main.id
  role_definition_id = azurerm_role_definition.plan.role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.github["plan"].principal_id
  principal_type     = "ServicePrincipal"
}

# deploy changes what runs. It gives nobody a role, and makes no identity that it could give itself: those are in the base.
resource "azurerm_role_assignment" "deploy" {
  scope                = azurerm_resource_group.main.id
  role_definition_name = "Contributor"
  principal_id         = azurerm_user_assigned_identity.github["deploy"].principal_id
  principal_type       = "ServicePrincipal"
}

# What it has to do in the base: connect private endpoints, hand identities to workloads, send logs.
resource "azurerm_role_definition" "connect" {
  name        = "\${local.group}-connect"
  scope       = azurerm_resource_group.base.id
  description = "Connects what runs to the registry, the key vaults and the workspace."

  permissions {
    actions = [
      "Microsoft.ContainerRegistry/registries/privateEndpointConnectionsApproval/action",
      "Microsoft.KeyVault/vaults/privateEndpointConnectionsApproval/action",
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
      "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
    ]
  }

  assignable_scopes = [azurerm_resource_group.base.id]
}

resource "azurerm_role_assignment" "connect" {
  scope              = azurerm_resource_group.base.id
  role_definition_id = azurerm_role_definition.connect.role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.github["deploy"].principal_id
  principal_type     = "ServicePrincipal"
}

# Looks at signatures before it deploys an image.
resource "azurerm_role_assignment" "deploy_pull" {
  scope                = azurerm_container_registry.main.id
  role_definition_name = "AcrPull"
  principal_id         = azurerm_user_assigned_identity.github["deploy"].principal_id
  principal_type       = "ServicePrincipal"
}

# images pushes, and locks what it pushed so that nothing can be put in its place.
resource "azurerm_role_definition" "push" {
  name        = "\${local.group}-push"
  scope       = azurerm_container_registry.main.id
  description = "Pushes images and locks them; deletes none."

  permissions {
    actions = ${ACR_PUSH}
  }

  assignable_scopes = [azurerm_resource_group.base.id]
}

resource "azurerm_role_assignment" "push" {
  scope              = azurerm_container_registry.main.id
  role_definition_id = azurerm_role_definition.push.role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.github["images"].principal_id
  principal_type     = "ServicePrincipal"
}

# Plans read the state without a lock, so reading is enough.
resource "azurerm_role_assignment" "state" {
  for_each = { plan = "Storage Blob Data Reader", deploy = "Storage Blob Data Contributor" }

  scope                = azurerm_storage_container.state.resource_manager_id
  role_definition_name = each.value
  principal_id         = azurerm_user_assigned_identity.github[each.key].principal_id
  principal_type       = "ServicePrincipal"
}
`;
