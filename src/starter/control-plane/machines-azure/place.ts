/** Machines of Azure as a place of hosts: three zones, a name that leads to a load balancer, and a store that they read by their identities. */
import { TOKENS } from '../../placeholder-tokens.ts';
import { nodeRange } from '../aks/addresses.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import type { HostPlace } from '../self-managed/place.ts';
import { addressOf, zonesOf } from './ranges.ts';
import { ACR_SIGN_IN } from './registry-sign-in.ts';

export const MACHINES_FOLDER = 'infra/machines';

const UPLOAD = String.raw`# Each machine has a container of its own (infra/machines/host-store.tf).
upload() {
  az storage blob upload --auth-mode login --account-name "$(setting HOST_STORE)" --container-name "host-$(basename "$2" .tar.gz)" \
    --name config.tar.gz --file "$1" --overwrite --no-progress --only-show-errors --output none
}`;

const PROVIDER_ID = `subscription="$(az account show --query id --output tsv)"
provider_id() { echo "azure:///subscriptions/$subscription/resourceGroups/$(setting CLUSTER_NAME)-nodes/providers/Microsoft.Compute/virtualMachines/$1"; }`;

/** Talos is told by its own program, so its machines read no store. */
export const azurePlace = ({ setUpBy }: Pick<Distribution, 'setUpBy'>): HostPlace => ({
  domain: 'zone',
  domains: zonesOf,
  address: addressOf,
  api: 'API_NAME',
  settings: (_input, cluster) => ({
    ...(setUpBy === 'machine' ? { HOST_STORE: TOKENS.hostStore } : {}),
    ISSUER: TOKENS.tokenIssuer,
    NODE_CIDR: nodeRange(cluster),
  }),
  says: [
    'infra/machines makes a machine of every line below: name, private address, zone and role are said here and nowhere else.',
    '',
    'API_NAME leads to a load balancer within the network. What the infrastructure makes up, ISSUER among it, is written here by',
    'scripts/fill-cluster-vars.sh. The ranges of pods and Services never leave the cluster and cannot be changed later.',
    'KUBERNETES_VERSION: the newest patch of this minor.',
  ],
  machines: {
    tools: ['az'],
    upload: UPLOAD,
    providerId: PROVIDER_ID,
    readFile: path => `ssh operator@HOST sudo cat ${path}`,
    shell: 'ssh operator@HOST',
    replace: `tofu -chdir=${MACHINES_FOLDER} apply -var-file=envs/CLUSTER.tfvars -replace='azurerm_linux_virtual_machine.host["HOST"]'`,
    windows: {
      look: `\`az vm run-command invoke --resource-group CLUSTER_NAME-nodes --name HOST --command-id RunPowerShellScript --scripts 'Get-Content -Tail 40 C:\\Windows\\first-boot.log'\` shows what it says of that; nobody signs in on it.`,
      replace: `tofu -chdir=${MACHINES_FOLDER} apply -var-file=envs/CLUSTER.tfvars -replace='azurerm_windows_virtual_machine.host["HOST"]'`,
    },
    store: 'the storage account of the machines',
    registrySignIn: ACR_SIGN_IN,
    // The clock of the host: udev knows it by name, and it is the first where udev does not.
    timeServers: ['/dev/ptp_hyperv', '/dev/ptp0'],
  },
});
