# Follows ADR-0005 (docs/adr/0005-human-access-groups-of-the-directory-by-single-sign-on.md).
# People sign in with Entra; what their groups may do stands in platform-config/base/access.

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
