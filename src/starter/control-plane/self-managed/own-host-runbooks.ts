/** Runbooks for hosts of one's own: from bare hosts to a cluster, and the end. */

import type { ClusterInput } from '../../cluster-input.ts';
import { joinsClusters, withAuthority } from '../../cni/cilium/joined-clusters.ts';
import type { Runbook } from '../../contribution.ts';
import { ARCHIVE_DAYS } from '../../data-services/postgres/names.ts';
import { logStore } from '../../logs/loki/values.ts';
import { hasGrafana } from '../../metrics/data-source.ts';
import { pickOf } from '../../picks.ts';
import { withToken } from '../../repository/scripts/script-parts.ts';
import { TRACE_STORE } from '../../traces/tempo.ts';
import type { Distribution } from './distribution.ts';
import { HOST_CONFIG } from './host-config-script.ts';
import { sandboxStep } from './host-sandbox.ts';
import { HOSTS_FOLDER } from './inventory.ts';
import { OWN_HOSTS } from './own-hosts.ts';
import { hostRunbooks, type Told } from './runbooks.ts';
import { windowsHosts } from './windows/hosts.ts';
import { READY_BY_RKE2 } from './windows/runbook.ts';

export function ownHostRunbooks(input: ClusterInput, distribution: Distribution): readonly Runbook[] {
  const told = { ...distribution, says: distribution.says(OWN_HOSTS) };
  return [bootstrap(input, told), ...hostRunbooks(input, distribution, OWN_HOSTS), teardown(input, told)];
}

function bootstrap(input: ClusterInput, told: Told): Runbook {
  const { title, says } = told;
  const { clusters, stack } = input;
  const [{ name }] = clusters;
  return {
    id: 'bootstrap',
    title: 'From bare hosts to a running cluster',
    text: `Takes a day the first time and an hour when hosts are ready. Shown for ${name}; the other clusters go the same way. Each block of commands starts at
the root of this repository.

## What the house has to have

- Hosts in three racks with power and network of their own, time from one source, and names in DNS: \`API_NAME\` of the inventory points at
  \`API_ADDRESS\`, which belongs to no host.
- Between hosts everything is open within \`NODE_CIDR\`; from outside 6443 for people and pipelines, and 80 and 443 of \`LOAD_BALANCER_RANGE\`.
  Hosts and that range lie in one layer-2 network: addresses are announced by ARP.
${joinsClusters(input) ? JOINED : ''}- Block storage with a CSI driver; the class \`block\` names it (\`platform/storage\`). Install it as soon as the nodes are ready: claims wait until then. Volumes must be reachable from every
  rack, and encrypted where they lie. Pods are restricted by default here: the namespace of that driver needs the label
  \`pod-security.kubernetes.io/enforce: privileged\`.
- Object storage that speaks S3, away from these hosts, with a key and these buckets for each cluster: ${buckets(stack)}. Versioned there, and a rule of
  the storage takes away what is older than its bucket says, and versions that were replaced a week ago: no sooner, since whoever writes them reads them until then.
- An identity provider that issues groups in its tokens.

## The hosts

${says.secrets === undefined ? '' : `${says.secrets.made}\n\n`}Fill in \`${HOSTS_FOLDER}/${name}.conf\`, then:

\`\`\`sh
${says.secrets === undefined ? '' : `${says.secrets.given} `}${HOST_CONFIG} ${name}
\`\`\`

It prints a folder with one folder per host: what ${title} is told there. Nothing of it belongs into Git.

${says.install}${sandboxStep(input, told)}

${windowsHosts(input) === null ? 'No host becomes Ready yet: the network comes with the next step.' : READY_BY_RKE2}

## The way in

${says.kubeconfig}

## What runs in it

\`\`\`sh
${pickOf(stack, 'dns-and-certificates') === 'external-dns-cert-manager' ? 'DNS_UPDATE_KEY=... ' : ''}${withAuthority(input)}OBJECT_STORE_KEY=... OBJECT_STORE_SECRET=... ${withToken(input)}scripts/bootstrap.sh ${name}
\`\`\`

Whatever else it wants, a key or a file that lies nowhere in here, it names when it stops. It compares inventory and cluster, installs the network, and lets delivery do the rest. It may be run again at any time; with a new key of the object
storage it puts that into the place of the old one.

## Afterwards

${hasGrafana({ stack }) ? GRAFANA_PASSWORD : ''}- Restore a snapshot of etcd somewhere else ([etcd](etcd.md)): a snapshot that was never restored is a hope.
- Pull the plug of one rack and see that nobody notices.
- Put the kubeconfig of the first host into a safe. From now on people sign in.
`,
  };
}

const JOINED =
  '- Between hosts of clusters that Cilium joins what [clusters](clusters.md) names, and one authority for those of an environment, made before the first.\n';
/** A week lies on the hosts themselves. */
const SNAPSHOT_DAYS = 30;
const GRAFANA_PASSWORD =
  "- Read the password of Grafana: `kubectl -n monitoring get secret grafana-admin -o jsonpath='{.data.admin-password}' | base64 -d`\n";

/** Of each cluster, in the object storage of the house, with the age at which it takes away what was not taken away before. Copies of volumes share blocks, and an old one may hold what the newest needs. */
export function buckets(stack: ClusterInput['stack']): string {
  const stores = [
    ...(pickOf(stack, 'logs') === 'loki' ? [logStore({ stack })] : []),
    ...(pickOf(stack, 'traces') === 'tempo' ? [TRACE_STORE] : []),
    ...(pickOf(stack, 'data-services') === 'operator-in-cluster'
      ? [{ id: 'databases', days: ARCHIVE_DAYS }]
      : []),
    ...(pickOf(stack, 'backup') === 'velero' ? [{ id: 'backups', days: null }] : []),
    { id: 'etcd', days: SNAPSHOT_DAYS },
  ];
  return stores
    .map(
      ({ id, days }) =>
        `\`CLUSTER_NAME-${id}\` (${days === null ? 'never by age: Velero takes away what it no longer needs' : `${days} days`})`,
    )
    .join(', ');
}

function teardown({ clusters, delivery }: ClusterInput, { says }: Told): Runbook {
  const [{ name }] = clusters;
  return {
    id: 'teardown',
    title: 'Taking a cluster down',
    text: `1. Stop delivery: \`${delivery.stop}\`.
2. Delete claims whose data is no longer needed. Volumes are kept on purpose; delete them in the storage by hand.
3. Take the last snapshot of etcd and the last backup, and decide how long they are kept.
4. Host by host, the control plane last: ${says.remove}
5. Take \`${HOSTS_FOLDER}/${name}.conf\`, \`clusters/${name}\` and its overlays out of this repository, and its name and addresses out of your DNS.
`,
  };
}
