/** Storage accounts of Azure: identities alone get in, nothing is deleted by accident, and nobody has a key. */
import { type HclExpression, hcl } from '../../files/hcl.ts';

interface Account {
  /** Copies over the zones of a region, or into the region that is paired with it as well. */
  readonly replication: 'ZRS' | 'GZRS';
  /** Between encryption and the policy of signed links: rules of the network, for instance. */
  readonly network?: HclExpression;
  /** Where containers may be read without signing in, each that says so; nowhere if nothing is said. */
  readonly readBy?: 'everybody';
  /** How long what was deleted can be brought back. */
  readonly keptDays: number;
}

/** What every account has in common, from its kind to its lifecycle. */
export function keylessAccount({ replication, network = hcl``, readBy, keptDays }: Account): HclExpression {
  return hcl`account_kind                      = "StorageV2"
account_tier                      = "Standard"
account_replication_type          = ${replication}
min_tls_version                   = "TLS1_2"
shared_access_key_enabled         = false
default_to_oauth_authentication   = true
allow_nested_items_to_be_public   = ${readBy === 'everybody'}
cross_tenant_replication_enabled  = false
infrastructure_encryption_enabled = true
local_user_enabled                = false
${network}
sas_policy {
  expiration_period = "00.01:00:00"
  expiration_action = "Block"
}

blob_properties {
  versioning_enabled = true

  delete_retention_policy {
    days = ${keptDays}
  }

  container_delete_retention_policy {
    days = 30
  }
}

lifecycle {
  prevent_destroy = true
}`;
}

interface StateAccount {
  readonly name: HclExpression;
  readonly group: HclExpression;
  /** Further arguments after the place, each on a line of its own. */
  readonly beside: HclExpression;
}

/** Where OpenTofu keeps its state. */
export function stateAccount({ name, group, beside }: StateAccount): HclExpression {
  return hcl`resource "azurerm_storage_account" "state" {
  # checkov:skip=CKV_AZURE_33: Nothing uses queues here, and without keys nobody can.
  # checkov:skip=CKV_AZURE_35: Pipelines come from addresses that change; identities decide, and there are no keys.
  # checkov:skip=CKV_AZURE_59: As above: reached from pipelines, while nothing in it can be read without signing in.
  # checkov:skip=CKV2_AZURE_1: Encrypted with Microsoft's keys; keys of your own are for rules that ask for them.
  # checkov:skip=CKV2_AZURE_33: As CKV_AZURE_35.
  name                = ${name}
  resource_group_name = ${group}.name
  location            = var.location${beside}

  ${keylessAccount({ replication: 'GZRS', keptDays: 30 })}
}`;
}

/** `reads`: where it is seen who read the state. */
export function stateContainer(reads: string): HclExpression {
  return hcl`resource "azurerm_storage_container" "state" {
  # checkov:skip=CKV2_AZURE_21: ${{ kind: 'expression', code: reads }}
  name                  = "state"
  storage_account_id    = azurerm_storage_account.state.id
  container_access_type = "private"

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_management_lock" "state" {
  name       = "keep"
  scope      = azurerm_storage_account.state.id
  lock_level = "CanNotDelete"
  notes      = "Holds the state of every folder under infra."
}`;
}
