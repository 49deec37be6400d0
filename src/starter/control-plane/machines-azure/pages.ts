/** What README, day two and the settings of checkov say of clusters on machines of Azure. */
import type { ClusterInput } from '../../cluster-input.ts';
import { pickOf } from '../../picks.ts';
import { isGivenNetwork } from '../aks/addresses.ts';
import { storageInWords } from '../aks/archives.ts';
import { unreadableRules } from '../aks/pages.ts';
import { azurePreflight, machineQuotas } from '../aks/preflight.ts';
import { zoneStep } from '../aks/zone.ts';
import type { ControlPlanePages } from '../control-plane.ts';
import { copiedValues } from '../copied-values.ts';
import { FILL_CLUSTER_VARS } from '../fill-cluster-vars.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { HOSTS_FOLDER } from '../self-managed/inventory.ts';
import { MACHINES_FOLDER } from './place.ts';
import { processors } from './pools.ts';

export function azurePages(input: ClusterInput, { title, setUpBy }: Distribution): ControlPlanePages {
  const [{ name }] = input.clusters;
  return {
    firstSteps: [
      'Apply `infra/azure-subscription` once per subscription: it makes the state account and the identity that pipelines plan with (docs/runbooks/bootstrap.md).',
      ...zoneStep(input),
      ...(isGivenNetwork(input)
        ? [
            `Ask the owner of the network for a subnet per cluster with service endpoints for Key Vault and ${storageInWords(input)} and a way out.`,
          ]
        : []),
      `Look at \`${HOSTS_FOLDER}/${name}.conf\`: a line for each machine, every role over three zones. Nothing is scaled by itself; a line more is a machine more.`,
      `Copy ${copiedValues(MACHINES_FOLDER, name)}, and apply \`${MACHINES_FOLDER}\` with them: the machines start and wait.`,
      `Run \`scripts/fill-cluster-vars.sh ${name}\` and commit what it has written: what Azure has made up, for manifests and inventory.`,
      setUpBy === 'machine'
        ? `Run \`scripts/host-config.sh ${name}\`: it makes what each machine is told, brings it where that machine alone can read it, and ${title} comes up (docs/runbooks/bootstrap.md).`
        : `Run \`scripts/host-config.sh ${name}\`, which makes what each machine is told, and bring it there with talosctl (docs/runbooks/bootstrap.md).`,
    ],
    filledBy: FILL_CLUSTER_VARS,
    nodeImages: `[machine by machine](runbooks/host-upgrade.md): each is made anew from the newest image (${title})`,
    patience: 'Nothing gives up by itself: the machine waits until somebody decides.',
    access: `Daily work needs no access to a cluster and none to a machine. Reading and repairing goes through groups of the identity provider; the kubeconfig
of the first machine is for the day on which that provider is down, and lies in a safe. The admin group of Azure brings archives of machines and publishes keys: whoever is
in it could be anybody in the cluster, so nobody is in it for long.`,
    preflight: azurePreflight(input, machineQuotas(processors(input))),
    waivers: pickOf(input.stack, 'metrics') === 'managed-metrics' ? unreadableRules(MACHINES_FOLDER) : '',
  };
}
