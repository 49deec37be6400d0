/** Runbooks for machines of Azure: from nothing to a cluster, and the end; the rest is that of every cluster that manages itself. */

import type { ClusterInput } from '../../cluster-input.ts';
import { authorityFirst, withAuthority } from '../../cni/cilium/joined-clusters.ts';
import type { Runbook } from '../../contribution.ts';
import { hasGrafana } from '../../metrics/data-source.ts';
import { withToken } from '../../repository/scripts/script-parts.ts';
import { breakSomething } from '../../workload/break-something.ts';
import { isGivenNetwork } from '../aks/addresses.ts';
import { storageEndpoint } from '../aks/archives.ts';
import { heldBySnapshots } from '../aks/velero.ts';
import { zoneLine } from '../aks/zone.ts';
import { balancersFirst, destroy } from '../beginning-and-end.ts';
import { copyValues } from '../copied-values.ts';
import { stateOfFolder } from '../once.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { HOSTS_FOLDER } from '../self-managed/inventory.ts';
import { hostRunbooks, type Told } from '../self-managed/runbooks.ts';
import { windowsHosts } from '../self-managed/windows/hosts.ts';
import { READY_BY_RKE2 } from '../self-managed/windows/runbook.ts';
import { azurePlace, MACHINES_FOLDER } from './place.ts';
import { talosImage } from './talos-image.ts';

export function azureRunbooks(input: ClusterInput, distribution: Distribution): readonly Runbook[] {
  const told = { ...distribution, says: distribution.says(azurePlace(distribution)) };
  return [
    bootstrap(input, told),
    ...hostRunbooks(input, distribution, azurePlace(distribution)),
    teardown(input),
  ];
}

function bootstrap(input: ClusterInput, { title, says, setUpBy }: Told): Runbook {
  const [{ name }] = input.clusters;
  const network = isGivenNetwork(input)
    ? `- A subnet of the network that exists, with service endpoints for Microsoft.KeyVault and ${storageEndpoint(input)} and a way out, and the right to put machines and a load
  balancer into it and to link a private DNS zone to its network. The addresses of \`${HOSTS_FOLDER}/${name}.conf\` are of that subnet.\n`
    : '';
  return {
    id: 'bootstrap',
    title: 'From nothing to a running cluster',
    text: `Takes about an hour, most of it waiting. Shown for ${name}; the other clusters go the same way. Each block of commands starts at
the root of this repository.

## Before

- Tools: \`mise install\`, and the command line of Azure: \`az login\`, \`az account set --subscription ID\`.
- You may give roles in the subscription: *Owner*, or *Contributor* together with *Role Based Access Control Administrator*. You are in the group of
  \`admin_group_ids\`: it brings the archives of machines, and publishes the keys of service accounts.
- Quotas of the subscription in the region of the cluster: four processors of the family of the machines for each line of the inventory, and five public addresses.
- Encryption at the host is allowed: \`az feature register --namespace Microsoft.Compute --name EncryptionAtHost\`, and a quarter of an hour later \`az provider register --namespace Microsoft.Compute\`.
- No policy of the organisation forbids containers that are read without signing in: one account has such a container, with the public keys of service accounts and nothing else. Without it no pod has an identity.
${network}- Everything after \`tofu apply\` is done from a machine in a network of \`people_cidrs\`, which is connected to that of the cluster and resolves its private DNS zone.
${zoneLine(input)}
## The subscription, once

\`\`\`sh
cd infra/azure-subscription
tofu init
tofu apply -var subscription_id=$(az account show --query id --output tsv)
\`\`\`

${stateOfFolder('subscription', 'account')}

${talosImage(input, setUpBy)}## The machines

\`${HOSTS_FOLDER}/${name}.conf\` has a line for each of them; addresses, zones and roles may be changed there now, and lines added at any time.

\`\`\`sh
cd ${MACHINES_FOLDER}
${copyValues(name)}
tofu init -reconfigure -backend-config=envs/${name}.tfbackend
tofu apply -var-file=envs/${name}.tfvars
cd ../..
scripts/fill-cluster-vars.sh ${name}
\`\`\`

The machines start and wait. The script has written what only Azure knew into \`clusters/${name}\` and into the inventory: ids, names of storage
accounts, and the address that tokens of this cluster are known by. Commit and push it.

## What they are told

${says.install}

Nothing of what the script makes belongs into Git.

HOST is a name of the inventory: machines of the network know it, others take its address from there.

## The way in

${says.kubeconfig}

${windowsHosts(input) === null ? 'No node is Ready yet: the network comes with the next step.' : READY_BY_RKE2}

## What runs in it

${authorityFirst(input)}\`\`\`sh
${withAuthority(input)}${withToken(input)}scripts/bootstrap.sh ${name}
\`\`\`

It compares infrastructure, inventory and cluster, installs the network, publishes the keys of service accounts where Azure reads them, and lets delivery do the rest. It
may be run again at any time. When it waits for \`platform-config\`, a certificate is usually what is missing: \`kubectl get certificates --all-namespaces\`.

## Afterwards

${hasGrafana(input) ? GRAFANA : ''}${breakSomething(input)}
- Restore a snapshot of etcd somewhere else ([etcd](etcd.md)): a snapshot that was never restored is a hope.
- Put the kubeconfig of ${title} into a safe, and take yourself out of the admin group. From now on people sign in.
`,
  };
}

const GRAFANA = `- Read the password of Grafana: \`kubectl -n monitoring get secret grafana-admin -o jsonpath='{.data.admin-password}' | base64 -d\`
`;

function teardown(input: ClusterInput): Runbook {
  const { clusters, delivery } = input;
  const [{ name }] = clusters;
  return {
    id: 'teardown',
    title: 'Taking a cluster down',
    text: `In this order: what controllers have made outside the cluster goes first, since nobody would find it later.

1. Stop delivery, so that nothing is made again: \`${delivery.stop}\`.
2. ${balancersFirst(input, 'addresses')}
3. Delete claims whose data is no longer needed. Disks are kept on purpose and lie in the group *CLUSTER_NAME-nodes*: delete or move them by hand.${heldBySnapshots(input)}
4. Take the last snapshot of etcd and the last backup away from the cluster, and decide how long they are kept.
5. Take the locks (\`azurerm_management_lock\`) and \`prevent_destroy\` out of \`${MACHINES_FOLDER}\`, and apply that. It is a pull request, which is the point
   of them.
6. ${destroy(MACHINES_FOLDER, name)}. Storage accounts with data in them are deleted along with it; identities in Azure that trusted
   this cluster are gone with their federated credentials.
7. Take \`${HOSTS_FOLDER}/${name}.conf\`, \`clusters/${name}\` and its overlays out of this repository.
`,
  };
}
