/** A control plane of one's own on machines of Azure: what the infrastructure makes, and what such a cluster gives to all that runs in it. */
import { mergeTrees } from '../../files/tree.ts';
import type { ClusterInput } from '../cluster-input.ts';
import { type Cni, namespacesWith } from '../cni/cni.ts';
import { collect } from '../collect.ts';
import type { Contribution } from '../contribution.ts';
import { gatewaysShown } from '../environments/nat-gateways.ts';
import type { Foundation, ObjectStore } from '../foundation.ts';
import type { NotGenerated } from '../module.ts';
import type { StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';
import { networkShown } from '../shown.ts';
import { aksAlarms } from './aks/alarms.ts';
import { azurePipeline } from './aks/automation.ts';
import { azureFoundation } from './aks/foundation.ts';
import { clusterVariables } from './aks/names.ts';
import { azureMachinesServices } from './aks/services.ts';
import { settings } from './aks/settings.ts';
import { VIRTUAL_NETWORK } from './aks/shown.ts';
import { subscription } from './aks/subscription.ts';
import { aksBackup } from './aks/velero.ts';
import type { ControlPlane } from './control-plane.ts';
import { SIGN_IN_PLACEHOLDERS } from './eks/people.ts';
import { fillScript } from './fill-cluster-vars.ts';
import { balancers } from './machines-azure/balancers.ts';
import { azureBootstrap, fillInventory } from './machines-azure/bootstrap.ts';
import { controllerRights } from './machines-azure/controller-rights.ts';
import { disks } from './machines-azure/disks.ts';
import { firstBootFile } from './machines-azure/first-boot.ts';
import { identityWebhook } from './machines-azure/identity-webhook.ts';
import { azurePages } from './machines-azure/pages.ts';
import { azurePlace, MACHINES_FOLDER } from './machines-azure/place.ts';
import { MACHINE_PLACEHOLDERS } from './machines-azure/placeholders.ts';
import { machineLogs } from './machines-azure/pod-logs.ts';
import { nodePools, SYSTEM_POOL } from './machines-azure/pools.ts';
import { machinesRegistry } from './machines-azure/registry.ts';
import { rootModule } from './machines-azure/root-module.ts';
import { azureRunbooks } from './machines-azure/runbooks.ts';
import { moduleTests } from './machines-azure/tests.ts';
import { environmentFiles } from './machines-azure/values.ts';
import { variables } from './machines-azure/variables.ts';
import { OPENSHIFT_ON_AZURE } from './openshift-azure.ts';
import { ALARM_PLACEHOLDERS } from './provider-alarms.ts';
import type { Distribution } from './self-managed/distribution.ts';
import { distributionOf } from './self-managed/distributions.ts';
import { sandboxOf } from './self-managed/host-sandbox.ts';
import { broughtAlong, hostChecks, hostFiles, hostSignIn, inventories } from './self-managed/hosts.ts';
import { HOSTS_FOLDER, systemAddresses } from './self-managed/inventory.ts';
import { hostsPipelineAccess } from './self-managed/pipeline-access.ts';
import { noRegistryOnTalos } from './self-managed/registry-sign-in.ts';
import { PLANNED_MINORS } from './self-managed/shown.ts';
import { windowsOfHosts } from './self-managed/windows/hosts.ts';
import { windowsPlaceholders } from './self-managed/windows/inventory.ts';

export function machinesOfAzure(input: StarterInput): ControlPlane | NotGenerated {
  if (pickOf(input.stack, 'distribution') === 'openshift') return OPENSHIFT_ON_AZURE;
  const distribution = distributionOf(input);
  return 'notGenerated' in distribution ? distribution : controlPlane(distribution);
}

function controlPlane(distribution: Distribution): ControlPlane {
  return {
    fallbackRegion: 'westeurope',
    build: (input, cni) => {
      const stores: ObjectStore[] = [];
      const tell = (store: ObjectStore) => stores.push(store);
      return {
        foundation: foundation(input, distribution, cni, tell),
        contribution: contribution(input, distribution, cni),
        bootstrap: azureBootstrap(input, distribution),
        pipeline: { ...azurePipeline(MACHINES_FOLDER), reads: [HOSTS_FOLDER] },
        pages: azurePages(input, distribution),
        variables: used => {
          const made = clusterVariables(input, { stores }, used);
          return {
            ...made,
            files: mergeTrees(
              made.files,
              inventories(input, distribution, azurePlace(distribution), made.of),
            ),
          };
        },
      };
    },
  };
}

function foundation(
  input: ClusterInput,
  distribution: Distribution,
  cni: Cni,
  tell: (store: ObjectStore) => void,
): Foundation {
  const pools = nodePools(input);
  return {
    ...azureFoundation(input, tell),
    systemPool: SYSTEM_POOL,
    systemAddresses: systemAddresses(input, azurePlace(distribution)),
    ...(pools === undefined ? {} : { nodePools: pools }),
    startupTaints: [],
    ...sandboxOf(input, distribution),
    ...windowsOfHosts(input),
    carriesOut: { network: ['existing-network'], egress: ['central-firewall'] },
    shown: [
      ...networkShown(MACHINES_FOLDER, VIRTUAL_NETWORK),
      ...gatewaysShown(input, MACHINES_FOLDER),
      PLANNED_MINORS,
    ],
    addresses: {
      apiServer: ['${KUBERNETES_SERVICE_ADDRESS}/32', '${NODE_CIDR}'],
      apiServerPorts: [6443],
      nodes: ['${NODE_CIDR}'],
      identityAgent: null,
    },
    services: {
      ...azureMachinesServices(input),
      logs: machineLogs(input, { systemPool: SYSTEM_POOL }),
      ...(distribution.setUpBy === 'machine'
        ? { registry: machinesRegistry(input, distribution) }
        : { noRegistry: noRegistryOnTalos('Azure') }),
    },
    backup: aksBackup(input, tell),
    signIn: (decision, prefix) => hostSignIn(input, distribution, decision, prefix),
    signInPlaceholders: SIGN_IN_PLACEHOLDERS,
    pipelineAccess: decision => hostsPipelineAccess(input, decision),
    givenNamespaces: namespacesWith(
      [{ name: 'kube-system', owner: 'platform', says: `Parts of ${distribution.title} itself live there.` }],
      cni,
    ),
  };
}

function contribution(input: ClusterInput, distribution: Distribution, cni: Cni): Contribution {
  const rights = controllerRights(input);
  const added = collect([
    broughtAlong(distribution),
    identityWebhook({ systemPool: SYSTEM_POOL }),
    balancers(input, { systemPool: SYSTEM_POOL }, rights.balancers),
    disks(distribution, { systemPool: SYSTEM_POOL }),
  ]);
  return {
    ...added,
    files: mergeTrees(
      rootModule(input, distribution),
      settings(input, variables(input, distribution)),
      moduleTests(input, distribution),
      environmentFiles(input, distribution),
      rights.files,
      distribution.setUpBy === 'machine' ? firstBootFile(input, MACHINES_FOLDER, distribution) : new Map(),
      hostFiles(input, distribution, azurePlace(distribution)),
      cni.infrastructure(input).files,
      subscription(input),
      aksAlarms(input),
      fillScript(input, MACHINES_FOLDER, fillInventory(distribution)),
    ),
    placeholders: [
      ...MACHINE_PLACEHOLDERS,
      ...distribution.placeholders(azurePlace(distribution), input),
      ...windowsPlaceholders(input, azurePlace(distribution)),
      ...ALARM_PLACEHOLDERS,
    ],
    runbooks: [...added.runbooks, ...azureRunbooks(input, distribution)],
    checks: [
      ...added.checks,
      ...hostChecks(distribution),
      {
        decision: 'control-plane',
        says: 'The tests of the module that makes the machines pass.',
        command: `tofu -chdir=${MACHINES_FOLDER} init -backend=false && tofu -chdir=${MACHINES_FOLDER} test`,
        path: `${MACHINES_FOLDER}/machines.tf`,
      },
      ...cni.checks,
    ],
  };
}
