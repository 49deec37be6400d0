# Follows ADR-0017 (docs/adr/0017-workload-identity-the-providers-workload-identity.md).
# One identity per workload.

locals {
  workloads = setunion(["web"], keys(var.services))
}

# Made by infra/bootstrap: a deployment neither makes identities nor gives them roles.
data "azurerm_user_assigned_identity" "workload" {
  for_each = local.workloads

  name                = "${local.group}-${each.key}"
  resource_group_name = local.base_group
}
