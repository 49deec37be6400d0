/** object-store.tf and secret-store.tf: the storage account of components and the vault of secrets, where something uses them. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { keylessAccount } from '../../azure/storage-account.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { ObjectStore } from '../../foundation.ts';
import { terraformText } from '../../terraform.ts';
import { ARCHIVE_READERS } from './archives.ts';
import { isProxied } from './proxy.ts';
import { folderOf } from './title.ts';

/** `stores` are the containers that components asked for. */
export function objectStoreFile(input: ClusterInput, stores: readonly ObjectStore[]): FileTree {
  return new Map([
    [
      `${folderOf(input)}/object-store.tf`,
      terraformText(
        input,
        'platform-defaults',
        'One storage account for what components keep outside the cluster; each has a container of its own and no key.',
        account(input, stores),
      ),
    ],
  ]);
}

export function secretStoreFile(input: ClusterInput): FileTree {
  return new Map([
    [
      `${folderOf(input)}/secret-store.tf`,
      terraformText(
        input,
        'secrets',
        'The vault that secrets come from. Values are written by people and never stand in this repository or its state.',
        vault(input),
      ),
    ],
  ]);
}

const OWN_SUBNETS = hcl`[for name, id in local.subnets : id if name != "api_server"]`;

function withOthers(others: readonly string[]): HclExpression {
  const added: HclExpression = { kind: 'expression', code: others.join(', ') };
  return others.length === 0 ? OWN_SUBNETS : hcl`concat(${OWN_SUBNETS}, ${added})`;
}

/** Between two lines that are empty. */
const network = (subnets: HclExpression, addresses: HclExpression) => hcl`
network_rules {
  default_action             = "Deny"
  bypass                     = ["AzureServices"]${addresses}
  virtual_network_subnet_ids = ${subnets}
}
`;
const BY_PROXY = hcl`
ip_rules                   = var.proxy.addresses`;

function account(input: ClusterInput, stores: readonly ObjectStore[]): HclExpression {
  const days = Object.fromEntries(stores.map(each => [each.id, each.days]));
  const read = stores.some(({ followed }) => followed !== undefined);
  const others = [
    ...(read ? ['var.archive_readers'] : []),
    ...(isProxied(input) ? ['var.proxy.subnet_ids'] : []),
  ];
  const subnets = withOthers(others);
  return hcl`${read ? ARCHIVE_READERS : hcl``}
locals {
  # Days after which what is left of a container goes, by container.
  kept_days = ${days}
}

resource "azurerm_storage_account" "main" {
  # checkov:skip=CKV_AZURE_33: Nothing uses queues here, and without keys nobody can.
  # checkov:skip=CKV_AZURE_59: Reached by the service endpoint of the nodes' subnet; every other network is refused.
  # checkov:skip=CKV_AZURE_206: Copied over the zones of the region; another region is a decision about recovery, not a default.
  # checkov:skip=CKV2_AZURE_1: Encrypted with Microsoft's keys; keys of your own are for rules that ask for them.
  # checkov:skip=CKV2_AZURE_33: As CKV_AZURE_59.
  # Unique in all of Azure.
  name                = "st\${substr(sha256("\${var.subscription_id}/\${var.cluster_name}"), 0, 12)}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags

  ${keylessAccount({ replication: 'ZRS', network: network(subnets, isProxied(input) ? BY_PROXY : hcl``), keptDays: 7 })}
}

resource "azurerm_management_lock" "object_store" {
  name       = "keep"
  scope      = azurerm_storage_account.main.id
  lock_level = "CanNotDelete"
  notes      = "Holds what components keep outside the cluster."
}

# Components delete what is too old themselves; this removes what they forgot, and old versions.
resource "azurerm_storage_management_policy" "main" {
  storage_account_id = azurerm_storage_account.main.id

  dynamic "rule" {
    for_each = local.kept_days

    content {
      name    = "remove-old-\${rule.key}"
      enabled = true

      filters {
        blob_types   = ["blockBlob"]
        prefix_match = ["\${rule.key}/"]
      }

      actions {
        base_blob {
          delete_after_days_since_modification_greater_than = rule.value
        }

        version {
          delete_after_days_since_creation = 7
        }
      }
    }
  }
}
`;
}

const vault = (input: ClusterInput) => hcl`
variable "vault_allowed_cidrs" {
  description = "Public networks from which people reach the vault of secrets; they still have to sign in. Empty: from the nodes' subnet alone."
  type        = list(string)
  default     = []
}

variable "secret_writers" {
  description = "Object ids of the Entra groups whose members may write secrets into the vault."
  type        = list(string)
  default     = []
}

resource "azurerm_key_vault" "secrets" {
  # checkov:skip=CKV_AZURE_189: Reached by the service endpoint of the nodes' subnet and by named networks of people.
  # checkov:skip=CKV2_AZURE_32: As CKV_AZURE_189.
  # Unique in all of Azure.
  name                       = "kv-\${substr(sha256("\${var.subscription_id}/\${var.cluster_name}"), 0, 12)}"
  resource_group_name        = azurerm_resource_group.main.name
  location                   = var.location
  tenant_id                  = data.azurerm_client_config.current.tenant_id
  sku_name                   = "standard"
  rbac_authorization_enabled = true
  purge_protection_enabled   = true
  soft_delete_retention_days = 90
  tags                       = local.tags

  network_acls {
    default_action             = "Deny"
    bypass                     = "AzureServices"
    ip_rules                   = ${isProxied(input) ? hcl`concat(var.vault_allowed_cidrs, var.proxy.addresses)` : hcl`var.vault_allowed_cidrs`}
    virtual_network_subnet_ids = ${withOthers(isProxied(input) ? ['var.proxy.subnet_ids'] : [])}
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_management_lock" "secret_store" {
  name       = "keep"
  scope      = azurerm_key_vault.secrets.id
  lock_level = "CanNotDelete"
  notes      = "Holds secrets."
}

resource "azurerm_role_assignment" "secret_writers" {
  for_each = toset(var.secret_writers)

  scope                = azurerm_key_vault.secrets.id
  role_definition_name = "Key Vault Secrets Officer"
  principal_id         = each.value
  principal_type       = "Group"
}

# Who read or wrote which secret, and when.
resource "azurerm_monitor_diagnostic_setting" "secret_store" {
  name                       = "audit"
  target_resource_id         = azurerm_key_vault.secrets.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  enabled_log {
    category_group = "audit"
  }
}
`;
