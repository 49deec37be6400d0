# Follows ADR-0005 (docs/adr/0005-human-access-groups-of-the-directory-joined-for-a-limited-time.md).
# People sign in with Entra, and their rights are roles of Azure: no role binding of the cluster names them.

variable "groups" {
  description = "Object ids of the Entra groups that role bindings name."
  type = object({
    platform    = string
    developers  = string
    break_glass = string
  })
}

# Lets them fetch the address of the API server, and nothing more.
resource "azurerm_role_assignment" "people" {
  for_each = var.groups

  scope                = local.cluster.id
  role_definition_name = "Azure Kubernetes Service Cluster User Role"
  principal_id         = each.value
  principal_type       = "Group"
}

locals {
  group_roles = {
    platform    = { role = "Azure Kubernetes Service RBAC Reader", scope = local.cluster.id }
    developers  = { role = "Azure Kubernetes Service RBAC Reader", scope = "${local.cluster.id}/namespaces/demo" }
    break_glass = { role = "Azure Kubernetes Service RBAC Cluster Admin", scope = local.cluster.id }
  }
}

# Reading leaves out Secrets. Changes come through Git; the last of the groups is for the day on which that is broken.
resource "azurerm_role_assignment" "groups" {
  for_each = local.group_roles

  scope                = each.value.scope
  role_definition_name = each.value.role
  principal_id         = var.groups[each.key]
  principal_type       = "Group"
}
