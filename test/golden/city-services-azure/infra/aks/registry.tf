# Follows ADR-0010 (docs/adr/0010-registry-a-cloud-registry-ecr-acr-artifact-registry-or-a-hosted-one.md).
# Nodes of this cluster pull from the registry of the subscription, and may do nothing else there.

locals {
  registry_name = "acr${substr(sha256(var.subscription_id), 0, 12)}"
  registry_id   = "/subscriptions/${var.subscription_id}/resourceGroups/registry/providers/Microsoft.ContainerRegistry/registries/${local.registry_name}"
}

resource "azurerm_role_assignment" "nodes_pull" {
  scope                = local.registry_id
  role_definition_name = "AcrPull"
  principal_id         = local.cluster.kubelet_object_id
  principal_type       = "ServicePrincipal"
}
