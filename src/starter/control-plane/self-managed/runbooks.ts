/** Runbooks for hosts of one's own: from bare hosts to a cluster, upgrades, etcd, certificates, and the end. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { hasGrafana } from '../../metrics/data-source.ts';
import { pickOf } from '../../picks.ts';
import type { Distribution } from './distribution.ts';
import { HOST_CONFIG } from './host-config-script.ts';
import { HOSTS_FOLDER } from './inventory.ts';

export function selfManagedRunbooks(input: ClusterInput, distribution: Distribution): readonly Runbook[] {
  return [
    bootstrap(input, distribution),
    upgrade(input, distribution),
    hostUpgrade(distribution),
    etcd(distribution),
    certificates(distribution),
    teardown(input, distribution),
  ];
}

function bootstrap({ clusters, stack }: ClusterInput, { title, says }: Distribution): Runbook {
  const [{ name }] = clusters;
  return {
    id: 'bootstrap',
    title: 'From bare hosts to a running cluster',
    text: `Takes a day the first time and an hour when hosts are ready. Shown for ${name}; the other clusters go the same way.

## What the house has to have

- Hosts in three racks with power and network of their own, time from one source, and names in DNS: \`API_NAME\` of the inventory points at
  \`API_ADDRESS\`, which belongs to no host.
- Between hosts everything is open within \`NODE_CIDR\`; from outside 6443 for people and pipelines, and 80 and 443 of \`LOAD_BALANCER_RANGE\`.
  Hosts and that range lie in one layer-2 network: addresses are announced by ARP.
- Block storage with a CSI driver; the class \`block\` names it (\`platform/storage\`). Install it as soon as the nodes are ready: claims wait until then. Volumes must be reachable from every
  rack, and encrypted where they lie. Pods are restricted by default here: the namespace of that driver needs the label
  \`pod-security.kubernetes.io/enforce: privileged\`.
- Object storage that speaks S3, away from these hosts, with a key and these buckets for each cluster: ${buckets(stack)}. Versioned, and emptied by age there.
- An identity provider that issues groups in its tokens.

## The hosts

Fill in \`${HOSTS_FOLDER}/${name}.conf\`, then:

\`\`\`sh
${HOST_CONFIG} ${name}
\`\`\`

It prints a folder with one folder per host: what ${title} is told there. Nothing of it belongs into Git.

${says.install}

No host becomes Ready yet: the network comes with the next step.

## The way in

${says.kubeconfig}

## What runs in it

\`\`\`sh
${pickOf(stack, 'dns-and-certificates') === 'external-dns-cert-manager' ? 'DNS_UPDATE_KEY=... ' : ''}OBJECT_STORE_KEY=... OBJECT_STORE_SECRET=... GIT_TOKEN=... scripts/bootstrap.sh ${name}
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

const GRAFANA_PASSWORD =
  "- Read the password of Grafana: `kubectl -n monitoring get secret grafana-admin -o jsonpath='{.data.admin-password}' | base64 -d`\n";

function buckets(stack: ClusterInput['stack']): string {
  const ids = [
    ...(pickOf(stack, 'logs') === 'loki' ? ['logs'] : []),
    ...(pickOf(stack, 'traces') === 'tempo' ? ['traces'] : []),
    ...(pickOf(stack, 'data-services') === 'operator-in-cluster' ? ['databases'] : []),
    ...(pickOf(stack, 'backup') === 'velero' ? ['backups'] : []),
    'etcd',
  ];
  return ids.map(id => `\`CLUSTER_NAME-${id}\``).join(', ');
}

function upgrade({ clusters, kubernetes }: ClusterInput, { title, says }: Distribution): Runbook {
  const order = clusters.map(({ name }) => name).join(', then ');
  return {
    id: 'upgrade-cluster',
    title: 'Upgrading Kubernetes',
    text: `One minor at a time, the control plane before all others, and never back. This repository is written for ${kubernetes}. Order: ${order},
with a few days between them. Kubelets may be three minors older than the API server and never newer; the API servers among themselves one minor apart.

1. Read what the minor removes, and look for it: \`kubectl get --raw /metrics | grep apiserver_requested_deprecated_apis\`.
2. See that every component supports it. The record of the platform defaults says which of them hold it back, and ${title} has to have released it.
3. Raise the components first, in \`delivery\`, and let them settle.
4. Take a snapshot of etcd and copy it away from the hosts ([etcd](etcd.md)).
5. Raise Kubernetes, the control plane first, one host at a time, with \`kubectl get --raw '/readyz?verbose'\` after each:

${indented(says.upgrade)}

6. Raise \`KUBERNETES_VERSION\` in \`${HOSTS_FOLDER}\`, and the version of Pod Security in \`platform/namespaces\`.
7. Look at the dashboards for a day before the next cluster.

It does not come up: leave the other hosts alone. Two of three hold the quorum, and the old version still serves.
`,
  };
}

/** As a part of a step. */
function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '   ');
}

/** Talos founds by a command of its own; elsewhere the first line says who does. */
const FOUNDER = `\nThe first line of the control plane in the inventory founds a cluster, and is told so. Before that host is rebuilt, put another line of the control plane\nabove it and run \`${HOST_CONFIG}\` again: it has to join, or there would be two clusters of one name.\n`;

function hostUpgrade({ title, says, folder }: Distribution): Runbook {
  return {
    id: 'host-upgrade',
    title: 'Upgrading and replacing hosts',
    text: `Every month, whether something has to be mended or not: a host that is rebuilt regularly holds no surprise.

${title}: ${says.operatingSystem}

Never two hosts of the control plane at once, and never while etcd has an alarm: \`kubectl get --raw '/readyz?verbose'\`.
[A host that does not empty](node-drain.md) stops the round.

A new host: a line in the inventory, \`${HOST_CONFIG}\`, and the steps of [the bootstrap](bootstrap.md) for it alone.
${folder === 'infra/talos' ? '' : FOUNDER}
A host leaves: ${says.remove} Then its line goes from the inventory.

A host of the control plane is dead and does not come back: remove it first, so that etcd counts two of two and not two of three, then add a new one.
`,
  };
}

function etcd({ says }: Distribution): Runbook {
  return {
    id: 'etcd',
    title: 'Snapshots of etcd, and the way back',
    text: `What the cluster is lies in etcd: every object, and every Secret in encrypted form. Delivery brings back what stands in Git, and nothing else.

## Snapshots

${says.snapshot}

## The way back

For the day on which the quorum is gone for good. What was written since the snapshot is lost, so delivery and people stay away until it is done.

${says.restore}

Then: nodes that came later have to join again, and volumes of claims that came later have no owner any more. \`scripts/bootstrap.sh\` compares inventory
and cluster.

## The drill

Twice a year, on three spare machines: the steps above with the snapshot of last night. Write down how long it took.

## etcd is slow or full

- *etcdserver: request timed out*: the disk. \`etcd_disk_wal_fsync_duration_seconds\` above 10 ms at the 99th percentile means that something else writes to it.
- *database space exceeded*: the alarm NOSPACE stops all writing. Compact and defragment host by host, then find out what makes so many objects.
`,
  };
}

function certificates({ says }: Distribution): Runbook {
  return {
    id: 'cluster-certificates',
    title: 'Certificates and keys of the cluster',
    text: `${says.certificates}

How long those of the API have left: \`echo | openssl s_client -connect API_NAME:6443 2>/dev/null | openssl x509 -noout -enddate\`.

## The key that Secrets are encrypted with

${says.encryptionKey}

## Somebody has seen what they should not

A kubeconfig of the first host cannot be taken back: its certificate holds until it ends. Change the authority, and every certificate with it; plan a day.
`,
  };
}

function teardown({ clusters, delivery }: ClusterInput, { says }: Distribution): Runbook {
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
