/** infra/bootstrap: the registry, the key vaults and the identities of the workloads. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import { allWorkloads } from './foundation.ts';
import type { Settings } from './settings.ts';

export function baseRegistry({ runners }: Settings): HclExpression {
  return together(
    runners === 'outside' ? registry(PUBLIC, NOTHING) : registry(NOTHING, CLOSED),
    UPSTREAM,
    SCANNING,
  );
}

const NOTHING = hcl``;

/** Pipelines outside the network push to it. */
const PUBLIC = hcl`
# checkov:skip=CKV_AZURE_139: Pipelines push from addresses that change; identities decide. Workloads pull privately.`;

/** Pushed to and pulled from within the network. */
const CLOSED = hcl`

public_network_access_enabled = false`;

function registry(waiver: HclExpression, access: HclExpression): HclExpression {
  return hcl`
resource "azurerm_container_registry" "main" {
  # checkov:skip=CKV_AZURE_164: Content trust is retired; images are signed and looked at by the pipeline.
  # checkov:skip=CKV_AZURE_165: One region; a second one is a decision about recovery, not a default.
  # checkov:skip=CKV_AZURE_166: Quarantine needs a scanner that releases images; Defender looks at them after the push.${waiver}
  name                = local.registry
  resource_group_name = azurerm_resource_group.base.name
  location            = var.location
  sku                 = "Premium"
  tags                = local.tags

  # Nobody without an identity, and no user with a password for everything.
  admin_enabled          = false
  anonymous_pull_enabled = false${access}

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
`;
}

const UPSTREAM = hcl`
# Workloads pull from this registry only; the sample comes through it and is kept.
resource "azurerm_container_registry_cache_rule" "sample" {
  name                  = "podinfo"
  container_registry_id = azurerm_container_registry.main.id
  source_repo           = "ghcr.io/stefanprodan/podinfo"
  target_repo           = "upstream/stefanprodan/podinfo"
}
`;

const SCANNING = hcl`
resource "azurerm_security_center_subscription_pricing" "images" {
  count = var.scan_images ? 1 : 0

  resource_type = "Containers"
  tier          = "Standard"

  extension {
    name = "ContainerRegistriesVulnerabilityAssessments"
  }
}
`;

export const VAULTS = hcl`
# One per workload, so that none can read what is another's. Values are added by people and never stand in the state.
resource "azurerm_key_vault" "workload" {
  # checkov:skip=CKV_AZURE_189: People write secrets from named addresses; everything else comes by private endpoint.
  # checkov:skip=CKV2_AZURE_32: The private endpoint is in infra/container-apps, beside the network.
  for_each = local.workloads

  name                       = local.vaults[each.key]
  resource_group_name        = azurerm_resource_group.base.name
  location                   = var.location
  tenant_id                  = data.azurerm_client_config.current.tenant_id
  sku_name                   = "standard"
  rbac_authorization_enabled = true
  purge_protection_enabled   = true
  soft_delete_retention_days = 90
  tags                       = local.tags

  network_acls {
    default_action = "Deny"
    bypass         = "AzureServices"
    ip_rules       = var.admin_ranges
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_management_lock" "vault" {
  for_each = azurerm_key_vault.workload

  name       = "keep"
  scope      = each.value.id
  lock_level = "CanNotDelete"
  notes      = "Holds secrets."
}
`;

export const PEOPLE = hcl`
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
`;

export function baseIdentities({ workloads, traced }: Settings): HclExpression {
  return together(
    hcl`
locals {
  workloads = ${allWorkloads(workloads, hcl`var.services`)}
}
`,
    IDENTITIES,
    traced ? TELEMETRY : null,
  );
}

const IDENTITIES = hcl`
resource "azurerm_user_assigned_identity" "workload" {
  for_each = local.workloads

  name                = "\${local.group}-\${each.key}"
  resource_group_name = azurerm_resource_group.base.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_role_assignment" "pull" {
  for_each = azurerm_user_assigned_identity.workload

  scope                = azurerm_container_registry.main.id
  role_definition_name = "AcrPull"
  principal_id         = each.value.principal_id
  principal_type       = "ServicePrincipal"
}

# Its own secrets, and no other workload's.
resource "azurerm_role_assignment" "secrets" {
  for_each = azurerm_user_assigned_identity.workload

  scope                = azurerm_key_vault.workload[each.key].id
  role_definition_name = "Key Vault Secrets User"
  principal_id         = each.value.principal_id
  principal_type       = "ServicePrincipal"
}
`;

const TELEMETRY = hcl`
# Writes traces and metrics of its own; reads none.
resource "azurerm_role_assignment" "telemetry" {
  for_each = azurerm_user_assigned_identity.workload

  scope                = azurerm_resource_group.main.id
  role_definition_name = "Monitoring Metrics Publisher"
  principal_id         = each.value.principal_id
  principal_type       = "ServicePrincipal"
}
`;
