/** Azure Container Registry: one per subscription, with rules that keep copies of what others publish; every cluster may pull. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution, Runbook } from '../../contribution.ts';
import { pickOf } from '../../picks.ts';
import type { Upstream } from '../../registry/upstreams.ts';
import { together } from '../../serverless-service/code.ts';
import type { ImageRegistry } from '../../services.ts';
import { terraformText } from '../../terraform.ts';
import { aksImagePush, OWN, PUBLISHERS } from './own-images.ts';
import { assigned, give } from './rights.ts';
import { FOLDER, folderOf } from './title.ts';

const SUBSCRIPTION = 'infra/azure-subscription';
const ADDRESS = '${REGISTRY}';

export function aksRegistry(input: ClusterInput): ImageRegistry {
  return {
    address: ADDRESS,
    ownImages: `${ADDRESS}/${OWN}`,
    kyvernoProvider: 'azure',
    repositories: decision => repositories(input, decision),
    mirror: (decision, upstreams) => mirror(input, decision, upstreams),
    push: aksImagePush(input),
    read: give(input, 'Reads images and their signatures, so that a verifier can judge them.', label =>
      assigned(label, hcl`local.registry_id`, 'AcrPull'),
    ),
  };
}

function repositories(input: ClusterInput, decision: Id): Contribution {
  const write = (folder: string, says: string, code: HclExpression) =>
    [`${folder}/registry.tf`, terraformText(input, decision, says, code)] as const;
  return {
    files: new Map([
      write(
        SUBSCRIPTION,
        'One registry for all clusters of the subscription, over its zones; nobody signs in with a password.',
        together(registry(input), PUBLISHERS),
      ),
      write(
        folderOf(input),
        'Nodes of this cluster pull from the registry of the subscription, and may do nothing else there.',
        PULL,
      ),
    ]),
    runbooks: [runbook(input)],
    checks: [
      {
        decision,
        says: 'Nobody signs in to the registry with a password.',
        command: `grep -qE 'admin_enabled +=  *false' ${SUBSCRIPTION}/registry.tf`,
        path: `${SUBSCRIPTION}/registry.tf`,
      },
    ],
  };
}

function mirror(input: ClusterInput, decision: Id, upstreams: readonly Upstream[]): Contribution {
  const hosts = Object.fromEntries(upstreams.map(({ host, prefix }) => [prefix, host]));
  return {
    files: new Map([
      [
        `${SUBSCRIPTION}/mirror.tf`,
        terraformText(
          input,
          decision,
          'What others publish is kept at the first pull, each publisher under a name of its own; later pulls need nobody else.',
          rules(hosts),
        ),
      ],
    ]),
    checks: [
      {
        decision,
        says: 'The registry keeps copies of what others publish.',
        command: `grep -q 'azurerm_container_registry_cache_rule' ${SUBSCRIPTION}/mirror.tf`,
        path: `${SUBSCRIPTION}/mirror.tf`,
      },
    ],
  };
}

/** A copy in every region that a second cluster stands ready in. */
function registry(input: ClusterInput): HclExpression {
  const regions = input.clusters.flatMap(({ region, recovery }) =>
    recovery?.role === 'second' ? [region] : [],
  );
  const copies = hcl`
variable "registry_regions" {
  description = "Regions beside that of the registry that keep a copy of it."
  type        = set(string)
  default     = ${[...new Set(regions)]}
}
`;
  const [none, variable, blocks] = [
    hcl`  # checkov:skip=CKV_AZURE_165: One region; a second one is a decision about recovery, not a default.
`,
    copies,
    hcl`
  dynamic "georeplications" {
    for_each = setsubtract(var.registry_regions, [var.location])

    content {
      location                  = georeplications.value
      regional_endpoint_enabled = true
      zone_redundancy_enabled   = true
    }
  }
`,
  ];
  return regions.length === 0
    ? registryWith(NOTHING, none, NOTHING)
    : registryWith(variable, NOTHING, blocks);
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };

function registryWith(variable: HclExpression, skip: HclExpression, copies: HclExpression): HclExpression {
  return hcl`${variable}
resource "azurerm_resource_group" "registry" {
  name     = "registry"
  location = var.location
}

resource "azurerm_container_registry" "main" {
  # checkov:skip=CKV_AZURE_139: Pipelines push from addresses that change; identities decide, and there is no password.
  # checkov:skip=CKV_AZURE_164: Content trust is retired; signatures are a decision of their own.
${skip}  # checkov:skip=CKV_AZURE_166: Quarantine needs a scanner that releases images.
  # checkov:skip=CKV_AZURE_167: Untagged manifests go after a month, below.
  # Unique in all of Azure.
  name                = "acr\${substr(sha256(var.subscription_id), 0, 12)}"
  resource_group_name = azurerm_resource_group.registry.name
  location            = var.location
  sku                 = "Premium"

  admin_enabled            = false
  anonymous_pull_enabled   = false
  zone_redundancy_enabled  = true
  data_endpoint_enabled    = true
  retention_policy_in_days = 30
${copies}
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

function rules(hosts: Readonly<Record<string, string>>): HclExpression {
  return hcl`
variable "upstream_credentials" {
  description = "Credential sets of the registry for publishers that count pulls or refuse them without an account, by the name below: docker-hub, for example."
  type        = map(string)
  default     = {}
}

locals {
  # The name under which a copy is kept, and who publishes it.
  upstreams = ${hosts}
}

resource "azurerm_container_registry_cache_rule" "upstream" {
  for_each = local.upstreams

  name                  = each.key
  container_registry_id = azurerm_container_registry.main.id
  source_repo           = "\${each.value}/*"
  target_repo           = "\${each.key}/*"
  credential_set_id     = lookup(var.upstream_credentials, each.key, null)
}
`;
}

const PULL = hcl`
locals {
  registry_name = "acr\${substr(sha256(var.subscription_id), 0, 12)}"
  registry_id   = "/subscriptions/\${var.subscription_id}/resourceGroups/registry/providers/Microsoft.ContainerRegistry/registries/\${local.registry_name}"
}

resource "azurerm_role_assignment" "nodes_pull" {
  scope                = local.registry_id
  role_definition_name = "AcrPull"
  principal_id         = local.cluster.kubelet_object_id
  principal_type       = "ServicePrincipal"
}
`;

/** Who signs kubelets in differs by who made the machine. */
function onMachines(input: ClusterInput): string {
  if (folderOf(input) === FOLDER) return '';
  return pickOf(input.stack, 'distribution') === 'openshift' ? ON_OPENSHIFT : ON_MACHINES;
}

const ON_OPENSHIFT = `5. *unauthorized* on one machine alone: kubelets sign in with \`acr-credential-provider\`, a part of OpenShift, as the identity of their machine. \`az vm identity show --ids ID\` names *CLUSTER_NAME-kubelet* and no
   other: with a second one nobody knows which of them is meant.
`;

/** What kubelets start there comes with the archive of the machine. */
const ON_MACHINES = `5. *unauthorized* on one machine alone: \`echo '{"image":"REGISTRY/any"}' | sudo /usr/local/libexec/credential-providers/acr-sign-in >/dev/null\` there says what is missing: the identity
   of \`/etc/acr-identity\`, its token, or its role at the registry. A machine that is older than the choice of the registry lacks the first: make it anew.
`;

const runbook = (input: ClusterInput): Runbook => ({
  id: 'registry',
  title: 'Images that cannot be pulled or pushed',
  text: `One registry serves all clusters of a subscription; \`tofu -chdir=infra/azure-subscription\` makes it, before the first cluster.

1. \`ImagePullBackOff\` with *unauthorized*: the nodes of the cluster have lost their role. \`tofu -chdir=${folderOf(input)} plan\` shows it.
2. *not found* for a copy of somebody else's image: its publisher has no rule, or the name in front of it is wrong:
   \`az acr cache list --registry NAME --output table\`.
3. *too many requests*: the publisher counts pulls without an account, and the copy is not there yet. Make a credential set
   (\`az acr credential-set create\`) and name it in \`upstream_credentials\`.
4. Pushing is done by the pipeline (\`.github/workflows/image.yaml\`), as the identity *github-push*: it adds images below \`${OWN}/\` and locks each tag, so
   that nothing takes its place. *AADSTS70021* there: the repository is not among \`publishers\`, or not under the name that GitHub gives it in
   its tokens. *denied* for a tag that exists: it is locked, on purpose; a new run has a new tag.
${onMachines(input)}`,
});
