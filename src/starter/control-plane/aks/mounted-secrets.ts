/** The CSI driver for secrets, as an add-on of AKS or by its charts, and an identity for each workload that reads one. */

import type { Id } from '../../../content/catalogue.ts';
import { hcl } from '../../../files/hcl.ts';
import { mergeTrees } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { collect } from '../../collect.ts';
import type { Contribution, Runbook } from '../../contribution.ts';
import { KEY_VAULT_PROVIDER } from '../../egress/proxy/environment.ts';
import { butEmptySecrets } from '../../policy-engine/gatekeeper/place.ts';
import { STORE_DRIVER, storeDriver } from '../../secrets/store-driver.ts';
import { terraformText } from '../../terraform.ts';
import { secretStoreFile } from './stores.ts';
import { FOLDER, folderOf } from './title.ts';

/** What the workloads read by, whoever runs the driver. */
function secretReaders(input: ClusterInput, decision: Id): Contribution {
  const path = `${folderOf(input)}/secret-readers.tf`;
  return {
    files: mergeTrees(
      secretStoreFile(input),
      new Map([
        [
          path,
          terraformText(
            input,
            decision,
            'The driver has no rights itself: each workload reads with an identity of its own, and single secrets alone.',
            READERS,
          ),
        ],
      ]),
    ),
    runbooks: [runbook(folderOf(input))],
    checks: [
      {
        decision,
        says: 'No secret lies in Git.',
        command: `! grep -rlE${butEmptySecrets(input)} '^kind: Secret$' apps clusters delivery platform platform-config`,
        path,
      },
    ],
  };
}

export function aksMountedSecrets(input: ClusterInput, decision: Id): Contribution {
  const readers = secretReaders(input, decision);
  return {
    ...readers,
    checks: [
      {
        decision,
        says: 'The driver is the one that Azure maintains.',
        command: `grep -qiE 'key_?vault_?secrets_?provider' ${FOLDER}/cluster.tf`,
        path: `${FOLDER}/cluster.tf`,
      },
      ...(readers.checks ?? []),
    ],
  };
}

export function machinesMountedSecrets(input: ClusterInput, decision: Id): Contribution {
  return collect([
    secretReaders(input, decision),
    storeDriver(input, decision, {
      component: KEY_VAULT,
      daemonSet: KEY_VAULT_PROVIDER,
      audiences: ['api://AzureADTokenExchange'],
      readAgain: '2m',
    }),
  ]);
}

const KEY_VAULT = {
  id: KEY_VAULT_PROVIDER,
  says: 'Reads Key Vault for the driver, on every node and in the network of the node, as the identity that the pod names.',
  chart: {
    release: KEY_VAULT_PROVIDER,
    namespace: STORE_DRIVER,
    crds: 'skip',
    values: {
      linux: { priorityClassName: 'system-node-critical' },
      windows: { enabled: false },
      // The driver is a component of its own, the same in every cloud.
      'secrets-store-csi-driver': { install: false },
    },
  },
} as const;

const READERS = hcl`
variable "secret_readers" {
  description = "Service accounts that may read secrets of the vault, by any name, each with the names of those secrets."
  type = map(object({
    namespace       = string
    service_account = string
    secrets         = set(string)
  }))
  default = {}
}

locals {
  readable = merge([for reader, given in var.secret_readers : { for secret in given.secrets : "\${reader} \${secret}" => { reader = reader, secret = secret } }]...)
}

resource "azurerm_user_assigned_identity" "reader" {
  for_each = var.secret_readers

  name                = "\${var.cluster_name}-\${each.key}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "reader" {
  for_each = var.secret_readers

  name                = each.key
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.reader[each.key].id
  issuer              = local.cluster.oidc_issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:\${each.value.namespace}:\${each.value.service_account}"
}

resource "azurerm_role_assignment" "reader" {
  for_each = local.readable

  scope                = "\${azurerm_key_vault.secrets.id}/secrets/\${each.value.secret}"
  role_definition_name = "Key Vault Secrets User"
  principal_id         = azurerm_user_assigned_identity.reader[each.value.reader].principal_id
  principal_type       = "ServicePrincipal"
}

output "secret_readers" {
  description = "The clientID of each reader, for its SecretProviderClass, and the vault."
  value       = { vault = azurerm_key_vault.secrets.name, clients = { for reader, made in azurerm_user_assigned_identity.reader : reader => made.client_id } }
}
`;

const runbook = (folder: string): Runbook => ({
  id: 'secrets',
  title: 'A workload needs a secret, or does not get it',
  text: `Secrets lie in the vault of the cluster and are mounted into the pod that needs them; no copy is stored in the cluster. The driver
reads a changed value again every two minutes; a program that reads its file once has to be restarted.

A new one:

1. Write it: \`az keyvault secret set --vault-name VAULT --name NAME --value "$(cat)"\`. Only members of \`secret_writers\` may.
2. Name the service account and the secret in \`secret_readers\` of \`${folder}/envs\`, apply, and read what came out:
   \`tofu -chdir=${folder} output secret_readers\`.
3. Beside the workload in \`apps/base\`:

   \`\`\`yaml
   apiVersion: secrets-store.csi.x-k8s.io/v1
   kind: SecretProviderClass
   metadata: {name: database, namespace: NAMESPACE}
   spec:
     provider: azure
     parameters:
       clientID: CLIENT_ID
       keyvaultName: VAULT
       tenantId: TENANT_ID
       objects: |
         array:
           - |
             objectName: NAME
             objectType: secret
   \`\`\`

4. Mount it into the pod as a volume of the driver \`secrets-store.csi.k8s.io\`, read-only, with \`secretProviderClass: database\`.

The pod stays in *ContainerCreating*: \`kubectl -n NAMESPACE describe pod NAME | tail\`. *Forbidden* means that the reader lacks the secret
by that name; *AADSTS70021* that namespace or service account are not those of \`secret_readers\`.
`,
});
