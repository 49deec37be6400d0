# Follows ADR-0002 (docs/adr/0002-control-plane-managed-control-plane-own-node-pools-eks-aks-gke-standard.md).
# Pipelines prove who they are by a token of GitHub; there is no key to lose. The identity reads and never changes.

resource "azurerm_user_assigned_identity" "plan" {
  name                = "github-plan"
  resource_group_name = azurerm_resource_group.state.name
  location            = var.location
}

# The environment is protected in GitHub, so that who may plan is decided there.
resource "azurerm_federated_identity_credential" "plan" {
  name                = "plan"
  resource_group_name = azurerm_resource_group.state.name
  parent_id           = azurerm_user_assigned_identity.plan.id
  issuer              = "https://token.actions.githubusercontent.com"
  audience            = ["api://AzureADTokenExchange"]
  subject             = "repo:${var.repository}:environment:plan"
}

resource "azurerm_role_assignment" "plan_reads" {
  scope                = "/subscriptions/${var.subscription_id}"
  role_definition_name = "Reader"
  principal_id         = azurerm_user_assigned_identity.plan.principal_id
  principal_type       = "ServicePrincipal"
}

# Plans read the state without a lock, so reading is enough.
resource "azurerm_role_assignment" "plan_reads_state" {
  scope                = azurerm_storage_container.state.id
  role_definition_name = "Storage Blob Data Reader"
  principal_id         = azurerm_user_assigned_identity.plan.principal_id
  principal_type       = "ServicePrincipal"
}

# A plan reads where the API server of a cluster is, which Azure counts as an action. It gives no right within the cluster.
resource "azurerm_role_assignment" "plan_looks_at_clusters" {
  scope                = "/subscriptions/${var.subscription_id}"
  role_definition_name = "Azure Kubernetes Service Cluster User Role"
  principal_id         = azurerm_user_assigned_identity.plan.principal_id
  principal_type       = "ServicePrincipal"
}

output "plan_client_id" {
  description = "Goes into the variable AZURE_PLAN_CLIENT of each cluster in the GitHub environment plan."
  value       = azurerm_user_assigned_identity.plan.client_id
}

output "tenant_id" {
  description = "Goes into the variable AZURE_TENANT of the GitHub environment plan."
  value       = data.azurerm_client_config.current.tenant_id
}
