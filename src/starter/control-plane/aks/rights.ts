/** Rights of controllers in Azure: an identity of its own each, which Azure gives to the token of one service account. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl, hclIdentifier } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { CloudRights, Grant, ObjectStore, ServiceAccount } from '../../foundation.ts';
import { terraformText } from '../../terraform.ts';
import { readsFollowed } from './archives.ts';
import { folderOf } from './title.ts';

/** Told of every container, so that the account can be made for all of them. */
export type TellOfStore = (store: ObjectStore) => void;

/** The variable of manifests that holds the id by which Azure knows the identity of an account. */
export const CLIENT = 'CLIENT_ID_';

export function aksRights(input: ClusterInput, tell: TellOfStore): CloudRights {
  const grant = (says: string, code: (label: HclExpression) => HclExpression) => give(input, says, code);
  return {
    certificateProof: grant('Proves whose a name is: text records of one zone.', label =>
      custom(
        label,
        hcl`local.dns_zone`,
        'prove-certificates',
        'Writes text records of one zone.',
        PROOF,
        hcl`local.dns_zone_group`,
      ),
    ),
    dnsRecords: grant('Writes names: one zone and nothing else.', label =>
      assigned(label, hcl`local.dns_zone`, 'DNS Zone Contributor'),
    ),
    readSecrets: grant('Reads secrets: those of this cluster and no others.', label =>
      assigned(label, hcl`azurerm_key_vault.secrets.id`, 'Key Vault Secrets User'),
    ),
    objectStore: (decision, account, store) => {
      tell(store);
      return grant('A container and the right to read and write it, for one component.', label =>
        container(label, store),
      )(decision, account);
    },
    nodes: null,
  };
}

export function give(input: ClusterInput, says: string, code: (label: HclExpression) => HclExpression) {
  return (decision: Id, account: ServiceAccount): Grant => {
    const name = hclIdentifier(account.name);
    const label: HclExpression = { kind: 'expression', code: name };
    return {
      files: new Map([
        [
          `${folderOf(input)}/${account.name}.tf`,
          terraformText(
            input,
            decision,
            says,
            hcl`${identity(account, name, label)}

${code(label)}`,
          ),
        ],
      ]),
      annotations: { 'azure.workload.identity/client-id': `\${${CLIENT}${name.toUpperCase()}}` },
      podLabels: { 'azure.workload.identity/use': 'true' },
    };
  };
}

function identity({ namespace, name }: ServiceAccount, text: string, label: HclExpression): HclExpression {
  const ending: HclExpression = { kind: 'expression', code: name };
  return hcl`resource "azurerm_user_assigned_identity" ${text} {
  name                = "\${var.cluster_name}-${ending}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" ${text} {
  name                = ${name}
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.${label}.id
  issuer              = local.cluster.oidc_issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = ${`system:serviceaccount:${namespace}:${name}`}
}`;
}

export function assigned(label: HclExpression, scope: HclExpression, role: string): HclExpression {
  return hcl`resource "azurerm_role_assignment" ${label.code} {
  scope                = ${scope}
  role_definition_name = ${role}
  principal_id         = azurerm_user_assigned_identity.${label}.principal_id
  principal_type       = "ServicePrincipal"
}`;
}

/** A role that has just these actions, since none of Azure's own is as narrow. */
export function custom(
  label: HclExpression,
  scope: HclExpression,
  name: string,
  says: string,
  actions: readonly string[],
  assignable: HclExpression,
  ending = '',
): HclExpression {
  const text = ending === '' ? label.code : `${label.code}_${ending}`;
  const own: HclExpression = { kind: 'expression', code: text };
  const role: HclExpression = { kind: 'expression', code: name };
  return hcl`resource "azurerm_role_definition" ${text} {
  name        = "\${var.cluster_name}-${role}"
  scope       = ${assignable}
  description = ${says}

  permissions {
    actions = ${[...actions]}
  }

  assignable_scopes = [${assignable}]
}

resource "azurerm_role_assignment" ${text} {
  scope              = ${scope}
  role_definition_id = azurerm_role_definition.${own}.role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.${label}.principal_id
  principal_type     = "ServicePrincipal"
}`;
}

export function container(label: HclExpression, { id, followed }: ObjectStore): HclExpression {
  const name = hclIdentifier(id);
  const own: HclExpression = { kind: 'expression', code: name };
  return hcl`resource "azurerm_storage_container" ${name} {
  # checkov:skip=CKV2_AZURE_21: Reads and writes of a component's own data; who changed the account is in the activity log.
  name                  = ${id}
  storage_account_id    = azurerm_storage_account.main.id
  container_access_type = "private"

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_role_assignment" ${label.code} {
  scope                = azurerm_storage_container.${own}.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azurerm_user_assigned_identity.${label}.principal_id
  principal_type       = "ServicePrincipal"
}${followed === undefined ? hcl`` : readsFollowed(label, id)}`;
}

const PROOF = [
  'Microsoft.Network/dnsZones/read',
  'Microsoft.Network/dnsZones/TXT/delete',
  'Microsoft.Network/dnsZones/TXT/read',
  'Microsoft.Network/dnsZones/TXT/write',
];
