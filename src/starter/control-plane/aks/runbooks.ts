/** Runbooks for the beginning, the upgrades and the end of a cluster on AKS. */

import {
  answersWithin,
  fromHereOn,
  isOutOfReach,
  needsTunnel,
  whileApplying,
} from '../../api-exposure/access.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { hasGrafana } from '../../metrics/data-source.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { withToken } from '../../repository/scripts/script-parts.ts';
import { breakSomething } from '../../workload/break-something.ts';
import { balancersFirst, destroy, waitsForCertificates } from '../beginning-and-end.ts';
import { copyValues } from '../copied-values.ts';
import { stateOfFolder } from '../once.ts';
import { componentsFirst, minorOfCluster } from '../upgrade-steps.ts';
import { isGivenNetwork } from './addresses.ts';
import { storageEndpoint } from './archives.ts';
import { WINDOWS } from './cluster.ts';
import { followsChannel } from './pool-settings.ts';
import { FOLDER } from './title.ts';
import { heldBySnapshots } from './velero.ts';
import { zoneLine } from './zone.ts';

/** What the mode needs of the subscription, and what is done once its cluster stands. */
export interface ModeSteps {
  readonly before: readonly string[];
  readonly after: string;
}

/** `needs`: what the network plugin needs in the middle of it. */
export function aksRunbooks(input: ClusterInput, steps: ModeSteps, needs = ''): readonly Runbook[] {
  return [bootstrapRunbook(input, steps, needs), upgradeRunbook(input), teardownRunbook(input)];
}

function bootstrapRunbook(input: ClusterInput, { before, after }: ModeSteps, needs: string): Runbook {
  const [{ name }] = input.clusters;
  const network = isGivenNetwork(input)
    ? `- Subnets of the network that exists, with the right to give roles on them: one for nodes with a security group, service endpoints for
  Microsoft.KeyVault and ${storageEndpoint(input)}, and a route table where traffic leaves through a firewall; one of at least /28 for the API
  server, delegated to Microsoft.ContainerService/managedClusters. Its security group lets nodes in at 443 and 4443, and Azure's load
  balancer at 9988.\n`
    : '';
  return {
    id: 'bootstrap',
    title: 'From nothing to a running cluster',
    text: `Takes about an hour, most of it waiting. Shown for ${name}; the other clusters go the same way. Each block of commands starts at
the root of this repository.

## Before

- Tools: \`mise install\`, and the command line of Azure: \`az login\`, \`az account set --subscription ID\`.
- You may give roles in the subscription: *Owner*, or *Contributor* together with *Role Based Access Control Administrator*.
${before.map(line => `- ${line}`).join('\n')}
${network}${needsTunnel(input) || !answersWithin(input) ? '' : PRIVATE_NAME}${isOutOfReach(input) ? NO_BASTION : ''}${zoneLine(input)}- Object ids of the groups of people: \`az ad group show --group NAME --query id --output tsv\`.

## The subscription, once

\`\`\`sh
cd infra/azure-subscription
tofu init
tofu apply -var subscription_id=$(az account show --query id --output tsv)
\`\`\`

${stateOfFolder('subscription', 'account')}

## The cluster

\`\`\`sh
cd ${FOLDER}
${copyValues(name)}
tofu init -reconfigure -backend-config=envs/${name}.tfbackend
tofu apply -var-file=envs/${name}.tfvars
cd ../..
scripts/fill-cluster-vars.sh ${name}
\`\`\`

What the script has written is an id for each identity and the names of what has to be unique in all of Azure. Commit and push it:
the cluster reads it from Git.
${needs === '' ? '' : `\n${whileApplying(input, name, needs)}`}
\`\`\`sh
name=$(tofu -chdir=${FOLDER} output -raw cluster_name)
az aks get-credentials --resource-group "$name" --name "$name"
kubelogin convert-kubeconfig -l azurecli
\`\`\`

${needsTunnel(input) ? `${fromHereOn(input, name)}\n` : ''}${after}${encryption(input)}## What runs in it

\`\`\`sh
${withToken(input)}scripts/bootstrap.sh ${name}
\`\`\`

It may be run again at any time.${waitsForCertificates(input)}

## Afterwards

${hasGrafana(input) ? GRAFANA : ''}${breakSomething(input)}
- Take yourself out of the admin group again.
`,
  };
}

const PRIVATE_NAME = `- The private API answers within the network alone: run what talks to the cluster from a machine that is in it or connected to it, and that
  resolves the private DNS zone of the cluster.
`;

const NO_BASTION = `- A way into that network, which leads to no other one yet: a VPN, or a peering with a network that has one. Azure Bastion carries nobody to a
  cluster of this mode.
`;

const GRAFANA = `- Read the password of Grafana: \`kubectl -n monitoring get secret grafana-admin -o jsonpath='{.data.admin-password}' | base64 -d\`
`;

/** A setting that this version of the provider does not have. */
function encryption({ stack }: ClusterInput): string {
  if (pickOf(stack, 'cni') !== 'azure-cni-cilium' || answerOf(stack, 'node-encryption') !== 'yes') return '';
  return `Traffic between nodes is encrypted by WireGuard, a part of the paid Advanced Container Networking Services. The provider has no
argument for it yet, so it is switched on by hand, once:

\`\`\`sh
az aks update --resource-group "$name" --name "$name" --enable-acns --acns-transit-encryption-type wireguard
\`\`\`

`;
}

function upgradeRunbook(input: ClusterInput): Runbook {
  const { clusters, kubernetes } = input;
  const order = clusters.map(({ name }) => name).join(', then ');
  const by = followsChannel(input)
    ? `AKS raises the minor by itself, on a ${WINDOWS.upgrades.day}, once it is the newest but one: what follows has to be done before that day, and
the day can be put off by a freeze (\`freezes\` in the values of the cluster).`
    : 'Patches come by themselves in the window of the cluster; the minor is raised here.';
  const raise = followsChannel(input)
    ? `4. Let the window come, or raise it at a time of your own: \`az aks upgrade --resource-group NAME --name NAME --kubernetes-version MINOR\`.
   Then, and drift fails until it is done, write ${minorOfCluster(input, FOLDER)}.`
    : `4. Raise ${minorOfCluster(input, FOLDER)}.
   \`tofu plan\`, then \`tofu apply\`: the control plane first, then the pools, a third of the nodes of each at a time.`;
  const longer =
    pickOf(input.stack, 'upgrades') === 'extended-support'
      ? "\nThe Premium tier is paid for so that a minor may stay for two years. Its patches are Microsoft's, those of the components are not.\n"
      : '\nAt the end of its support a minor is raised without being asked, whatever the windows say: do it before.\n';
  return {
    id: 'upgrade-cluster',
    title: 'Upgrading Kubernetes',
    text: `One minor at a time; the control plane cannot go back. This repository is written for ${kubernetes}. ${by}
Order: ${order}, with a few days between them.

1. Read what the minor removes, and look for it: \`kubectl get --raw /metrics | grep apiserver_requested_deprecated_apis\`.
2. See that every component supports it. The record of the platform defaults says which of them hold it back.
${componentsFirst(input)}
${raise}
5. [A node that does not empty](node-drain.md) stops the pool. A pool can go back to the version before for seven days, and only while
   no channel raises it again.
6. Watch delivery and the dashboards for a day before the next cluster.
${longer}`,
  };
}

function teardownRunbook(input: ClusterInput): Runbook {
  const { clusters, delivery, stack } = input;
  const [{ name }] = clusters;
  const vault =
    pickOf(stack, 'backup') === 'provider-backup'
      ? ' The vault of\nbackups keeps copies that were deleted for two weeks, and cannot be destroyed before.'
      : '';
  return {
    id: 'teardown',
    title: 'Taking a cluster down',
    text: `In this order: what controllers have made outside the cluster goes first, since nobody would find it later.

1. Stop delivery, so that nothing is made again: \`${delivery.stop}\`.
2. ${balancersFirst(input, 'addresses')}
3. Delete claims whose data is no longer needed. Disks are kept on purpose and lie in the group of the nodes, which goes with the
   cluster: move those that you need into another group first.${heldBySnapshots(input)}
4. Take the locks (\`azurerm_management_lock\`) and \`prevent_destroy\` out of \`${FOLDER}\`, and apply that. It is a pull request, which is the point
   of them. The audit log can stay: \`tofu state rm\` its workspace, the lock and the group instead.
5. ${destroy(FOLDER, name)}.
6. Take \`clusters/${name}\` and its overlays out of this repository.

The vault of secrets can be brought back for ninety days; until then its name cannot be used again.${vault}
`,
  };
}
