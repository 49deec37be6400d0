/** issuer.tf: the keys of service accounts, read by everybody. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { keylessAccount } from '../../azure/storage-account.ts';

/** Container of the issuer's account. */
export const KEYS = 'keys';

/** `into` is where the address of the issuer goes, and `publishedBy` the script that brings the keys. */
export function issuerFile(told: { readonly into: string; readonly publishedBy: string }): HclExpression {
  const publishedBy: HclExpression = { kind: 'expression', code: told.publishedBy };
  return hcl`
locals {
  # Entra compares it letter by letter with what tokens say: changed later, no pod has an identity any more.
  issuer         = "https://\${local.issuer_account}.blob.core.windows.net/${{ kind: 'expression', code: KEYS }}"
  issuer_account = "stkeys\${substr(sha256("\${var.subscription_id}/\${var.cluster_name}"), 0, 12)}"
}

# Two documents and nothing else: who signs the tokens of service accounts, and the public keys to check that with. Entra reads
# them without signing in. Where a policy of the organisation forbids public containers, this account needs an exemption.
resource "azurerm_storage_account" "issuer" {
  # checkov:skip=CKV_AZURE_33: Nothing uses queues here, and without keys nobody can.
  # checkov:skip=CKV_AZURE_34: What lies here is public by its purpose.
  # checkov:skip=CKV_AZURE_35: Entra comes from addresses that change.
  # checkov:skip=CKV_AZURE_59: As CKV_AZURE_34.
  # checkov:skip=CKV_AZURE_190: As CKV_AZURE_34.
  # checkov:skip=CKV_AZURE_206: Copied over the zones of the region, as the machines are.
  # checkov:skip=CKV2_AZURE_1: Encrypted with Microsoft's keys, and public all the same.
  # checkov:skip=CKV2_AZURE_33: As CKV_AZURE_35.
  # checkov:skip=CKV2_AZURE_47: As CKV_AZURE_34.
  name                = local.issuer_account
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags

  ${keylessAccount({ replication: 'ZRS', readBy: 'everybody', keptDays: 7 })}
}

resource "azurerm_management_lock" "issuer" {
  name       = "keep"
  scope      = azurerm_storage_account.issuer.id
  lock_level = "CanNotDelete"
  notes      = "Without it no pod has an identity in Azure."
}

resource "azurerm_storage_container" "keys" {
  # checkov:skip=CKV_AZURE_34: As above.
  # checkov:skip=CKV2_AZURE_21: Reads are by everybody; who writes is in the activity log.
  name                  = ${KEYS}
  storage_account_id    = azurerm_storage_account.issuer.id
  container_access_type = "blob"

  lifecycle {
    prevent_destroy = true
  }
}

output "issuer" {
  description = ${told.into}
  value       = local.issuer
}

output "issuer_account" {
  description = "Where ${publishedBy} publishes the keys of service accounts."
  value       = azurerm_storage_account.issuer.name
}

# Those who set the cluster up publish its keys; ${publishedBy} does it. Whoever may write here may be anybody in Azure.
resource "azurerm_role_assignment" "admins_publish_keys" {
  for_each = toset(var.admin_group_ids)

  scope                = azurerm_storage_container.keys.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = each.value
  principal_type       = "Group"
}
`;
}
