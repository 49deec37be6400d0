# Follows ADR-0004 (docs/adr/0004-human-access-groups-of-the-directory-by-single-sign-on.md).
# What people may do without a pull request.

# By groups of the directory, whose members sign in with their own accounts. What changes anything else is a pull request.
resource "azurerm_role_assignment" "readers" {
  for_each = { for pair in setproduct(["main", "base"], var.reader_groups) : join(" ", pair) => pair }

  scope                = each.value[0] == "main" ? azurerm_resource_group.main.id : azurerm_resource_group.base.id
  role_definition_name = "Reader"
  principal_id         = each.value[1]
  principal_type       = "Group"
}

resource "azurerm_role_assignment" "secret_writers" {
  for_each = { for pair in setproduct(keys(azurerm_key_vault.workload), var.secret_writers) : join(" ", pair) => pair }

  scope                = azurerm_key_vault.workload[each.value[0]].id
  role_definition_name = "Key Vault Secrets Officer"
  principal_id         = each.value[1]
  principal_type       = "Group"
}
