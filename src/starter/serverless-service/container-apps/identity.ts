/** identity.tf and secrets.tf: one identity per workload, and what it may read. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Workload } from '../settings.ts';
import { allWorkloads } from './foundation.ts';

export function identity(workloads: readonly Workload[]): HclExpression {
  return hcl`
locals {
  workloads = ${allWorkloads(workloads, hcl`keys(var.services)`)}
}

# Made by infra/bootstrap: a deployment neither makes identities nor gives them roles.
data "azurerm_user_assigned_identity" "workload" {
  for_each = local.workloads

  name                = "\${local.group}-\${each.key}"
  resource_group_name = local.base_group
}
`;
}

export const SECRETS = hcl`
# Values are added with az (docs/runbooks/deploy-and-rollback.md) and never stand in this repository or its state.
data "azurerm_key_vault" "workload" {
  for_each = local.workloads

  name                = local.vaults[each.key]
  resource_group_name = local.base_group
}

locals {
  # By workload: name in the vault, address of one version, environment variable.
  mounted_secrets = { for workload in local.workloads : workload => {
    for name, secret in var.secrets : name => {
      id       = "\${data.azurerm_key_vault.workload[workload].vault_uri}secrets/\${name}/\${secret.version}"
      variable = secret.environment_variable
    } if secret.workload == workload && secret.version != null
  } }
}
`;
