/** A network plugin of one's own on AKS: the cluster is made without any, and Terraform calls the installer once its API answers. */
import { type HclExpression, hcl } from '../../files/hcl.ts';
import type { ClusterInput } from '../cluster-input.ts';
import { terraformText } from '../terraform.ts';
import type { Cni } from './cni.ts';
import { type Installation, installScriptAtProvider, type Provider } from './install-script.ts';

const FILE = 'infra/aks/cni.tf';

const AKS: Provider = {
  runBy: 'infra/aks runs it',
  again: 'apply again',
  into: 'a cluster whose nodes wait for it',
  says: 'CLUSTER_NAME, RESOURCE_GROUP, API_SERVER (host of the API) and POD_CIDR come from Terraform; whoever applies is in a group of admin_group_ids.',
  variables: ['CLUSTER_NAME', 'RESOURCE_GROUP', 'API_SERVER', 'POD_CIDR'],
  tools: ['az', 'kubelogin'],
  signIn: `az aks get-credentials --resource-group "$RESOURCE_GROUP" --name "$CLUSTER_NAME" --file "$KUBECONFIG" --overwrite-existing --only-show-errors
kubelogin convert-kubeconfig --kubeconfig "$KUBECONFIG" -l azurecli`,
};

export function onAks(
  installer: string,
  installation: (input: ClusterInput) => Installation,
): Cni['infrastructure'] {
  return input => ({
    files: new Map([
      [
        FILE,
        terraformText(
          input,
          'cni',
          'AKS makes this cluster without a network plugin, and Microsoft does not help with the one that is brought: no node becomes ready without it.',
          install(installer),
        ),
      ],
      [installer, installScriptAtProvider(input, withRange(installation(input)), AKS)],
    ]),
    nodesWaitFor: [],
    addons: [],
  });
}

/** The control plane finds pods by the range that AKS was told, so that of the plugin has to be the same. */
function withRange(installation: Installation): Installation {
  const { release, steps } = installation;
  const values = `platform/${release}/values.yaml`;
  return {
    ...installation,
    steps: [
      `grep -qF "$POD_CIDR" ${values} || {
  echo "infra/aks gives pods $POD_CIDR, and ${values} another range: both have to say the same" >&2
  exit 2
}`,
      ...steps,
    ],
  };
}

function install(installer: string): HclExpression {
  return hcl`# Nodes wait for a network plugin, and Git delivers nothing without nodes. The script installs the release that Git
# takes over, once; where it is there already, nothing happens. It needs the API: apply from where that answers.
resource "terraform_data" "network_plugin" {
  triggers_replace = [azurerm_kubernetes_cluster.main.id]

  provisioner "local-exec" {
    command     = ${installer}
    working_dir = "\${path.module}/../.."

    environment = {
      API_SERVER     = length(var.api_allowed_cidrs) == 0 ? azurerm_kubernetes_cluster.main.private_fqdn : azurerm_kubernetes_cluster.main.fqdn
      CLUSTER_NAME   = azurerm_kubernetes_cluster.main.name
      POD_CIDR       = var.pod_cidr
      RESOURCE_GROUP = azurerm_resource_group.main.name
    }
  }
}
`;
}

export const WHILE_APPLYING_AKS = (
  installer: string,
) => `Nodes wait for the network, so in the middle of the apply \`${installer}\` installs it: it needs \`az\`, \`kubelogin\`, \`helm\` and \`kubectl\`, you in one of
the groups of \`admin_group_ids\`, and an API that answers. Where it does not answer yet, because its network has only just been made, the apply
stops with a sentence that says so, and goes on where it stopped when it is called again.`;

export const NO_PLUGIN_OF_AZURE = {
  decision: 'cni',
  says: 'AKS brings no network plugin of its own.',
  command: `grep -qE 'network_plugin +=  *"none"' infra/aks/cluster.tf`,
  path: 'infra/aks/cluster.tf',
} as const;
