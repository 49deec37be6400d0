/** Runbooks for clusters that manage themselves: upgrades, hosts, etcd and certificates. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { componentsFirst } from '../upgrade-steps.ts';
import type { Distribution, DistributionSays } from './distribution.ts';
import { HOST_CONFIG } from './host-config-script.ts';
import { HOSTS_FOLDER } from './inventory.ts';
import type { HostPlace } from './place.ts';
import { windowsHostsRunbook } from './windows/runbook.ts';

/** Of hosts that stand in `place`; how they come to be and how they end is said by the place itself. */
export function hostRunbooks(
  input: ClusterInput,
  distribution: Distribution,
  place: HostPlace,
): readonly Runbook[] {
  const told = { ...distribution, says: distribution.says(place) };
  return [
    upgrade(input, told),
    hostUpgrade(told, place),
    etcd(told),
    certificates(told),
    ...windowsHostsRunbook(input, place),
  ];
}

/** A distribution with what it says where its hosts stand. */
export type Told = Omit<Distribution, 'says'> & { readonly says: DistributionSays };

function upgrade(input: ClusterInput, { title, says }: Told): Runbook {
  const { clusters, kubernetes } = input;
  const order = clusters.map(({ name }) => name).join(', then ');
  return {
    id: 'upgrade-cluster',
    title: 'Upgrading Kubernetes',
    text: `One minor at a time, the control plane before all others, and never back. This repository is written for ${kubernetes}. Order: ${order},
with a few days between them. Kubelets may be three minors older than the API server and never newer; the API servers among themselves one minor apart.

1. Read what the minor removes, and look for it: \`kubectl get --raw /metrics | grep apiserver_requested_deprecated_apis\`.
2. See that every component supports it. The record of the platform defaults says which of them hold it back, and ${title} has to have released it.
${componentsFirst(input)}
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

/** The same where the store of machines remembers that a cluster is founded. */
const FOUNDED = `\nThe first line of the control plane in the inventory founds a cluster, and leaves a mark of that in the store (\`shared/founded\`). Made anew that machine joins like all
others. kubeadm wants it asked for: put another line of the control plane above it and run \`${HOST_CONFIG}\` first. Only a cluster that is to be founded
again, from nothing or from a snapshot, has the mark taken away.\n`;

function hostUpgrade({ title, says, folder }: Told, { machines }: HostPlace): Runbook {
  const founder = machines === null ? FOUNDER : FOUNDED;
  return {
    id: 'host-upgrade',
    title: 'Upgrading and replacing hosts',
    text: `Every month, whether something has to be mended or not: a host that is rebuilt regularly holds no surprise.

${title}: ${says.operatingSystem}

Never two hosts of the control plane at once, and never while etcd has an alarm: \`kubectl get --raw '/readyz?verbose'\`.
[A host that does not empty](node-drain.md) stops the round.

A new host: a line in the inventory, \`${HOST_CONFIG}\`, and the steps of [the bootstrap](bootstrap.md) for it alone.
${folder === 'infra/talos' ? '' : founder}
A host leaves: ${says.remove}${machines === null ? ' Then its line goes from the inventory.' : ''}

A host of the control plane is dead and does not come back: remove it first, so that etcd counts two of two and not two of three, then add a new one.
${says.dead}
`,
  };
}

function etcd({ says }: Told): Runbook {
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

function certificates({ says }: Told): Runbook {
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
