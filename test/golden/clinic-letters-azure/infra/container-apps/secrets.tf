# Follows ADR-0014 (docs/adr/0014-secrets-the-providers-secret-store-read-by-the-service-itself.md).
# Secrets, by reference.

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
      id       = "${data.azurerm_key_vault.workload[workload].vault_uri}secrets/${name}/${secret.version}"
      variable = secret.environment_variable
    } if secret.workload == workload && secret.version != null
  } }
}
