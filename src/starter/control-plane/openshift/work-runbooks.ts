/** Runbooks of OpenShift for the years after the first day: upgrades, hosts, etcd, certificates. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { isClosed, isClosedByHouse } from '../../egress/no-egress/closed.ts';
import { HOST_CONFIG } from '../self-managed/host-config-script.ts';
import { HOSTS_FOLDER } from '../self-managed/inventory.ts';
import { ETCD_BACKUP } from './etcd-backup.ts';
import { HOST } from './install.ts';
import { IMAGE_SET, WRITTEN } from './mirror.ts';
import { minorOf } from './project.ts';

export function workRunbooks(input: ClusterInput): readonly Runbook[] {
  return [upgrade(input), hostUpgrade(), etcd(ON_HOSTS), certificates(NAMES_OF_HOUSE)];
}

function upgrade(input: ClusterInput): Runbook {
  const { clusters, kubernetes } = input;
  const order = clusters.map(({ name }) => name).join(', then ');
  const steps = upgradeSteps(input);
  return {
    id: 'upgrade-cluster',
    title: 'Upgrading OpenShift',
    text: `OpenShift upgrades its control plane, its operators and the system of its hosts together, one minor at a time and never back. This repository is written for
${minorOf(input)}, which has Kubernetes ${kubernetes}. Order: ${order}, with a few days between them. Patches of a minor come every week or two; take one every month.

${steps.which}
2. A minor: \`oc get apirequestcounts\` shows which kinds are still asked for that it takes away (\`REMOVEDINRELEASE\`). Where OpenShift wants that acknowledged,
   \`oc adm upgrade\` says by which change of \`admin-acks\` in \`openshift-config\`.
3. Raise the components of this repository first, in \`delivery\`, and operators that somebody installed (storage among them), and let them settle.
4. Take a copy of etcd ([etcd](etcd.md)): \`${ETCD_BACKUP} FOLDER\`.
5. ${steps.go} Watch: \`oc adm upgrade\`, \`kubectl get clusteroperators\`. It
   takes one to three hours; hosts restart one by one, and [a host that does not empty](node-drain.md) stops the round.
6. Raise \`OPENSHIFT_VERSION\` in \`${HOSTS_FOLDER}\`, ${steps.raise}, and the version of Pod Security in \`platform/namespaces\`.
7. Look at the dashboards of the console for a day before the next cluster.

Two even minors apart, with extended update support (channel \`eus-\`${isClosed(input) ? ` in \`${IMAGE_SET}\`` : ''}): pause the machine configuration of workers (\`oc patch mcp/worker --type merge --patch
'{"spec":{"paused":true}}'\`), take the control plane through both minors, and let the workers go on: they restart once. Never leave them paused: certificates of kubelets
end meanwhile.

It does not go on: \`kubectl get clusteroperators\` names the operator, and \`${steps.gather}\` collects what support asks for. There is no way back: a cluster that is lost in the
middle comes back from the copy of etcd.
`,
  };
}

/** What an upgrade is different in by where releases come from. */
interface Steps {
  readonly which: string;
  readonly go: string;
  readonly raise: string;
  readonly gather: string;
}

const OUTSIDE: Steps = {
  which: `1. Which releases are there, and does anything speak against them: \`oc adm upgrade --include-not-recommended\`. A release that is named with a known risk is
   not taken before the risk is understood.`,
  go: 'A minor: `oc adm upgrade channel stable-NEXT`. Then `oc adm upgrade --to=VERSION`.',
  raise: 'the channel in `scripts/bootstrap.sh`',
  gather: 'oc adm must-gather',
};

const within = (carried: string, place: string): Steps => ({
  which: `1. Outside, find out which releases are there, and whether anything speaks against them: the update graph at \`access.redhat.com/labs/ocpupgradegraph\` names steps that
   are not recommended, and no cluster here can ask it. A minor: name its channel in \`${IMAGE_SET}\`, beside that of today. Then ${carried}
   ([no way out](no-way-out.md)), and \`oc apply -f FOLDER/${WRITTEN}/signature-configmap.yaml\` in each cluster: without the signature it refuses the release.`,
  go: `\`oc adm release info -o 'jsonpath={.digest}{"\\n"}' quay.io/openshift-release-dev/ocp-release:VERSION-ARCHITECTURE\` outside says the digest (\`x86_64\` or \`aarch64\`). Then
   \`oc adm upgrade --allow-explicit-upgrade --to-image=quay.io/openshift-release-dev/ocp-release@DIGEST\`: hosts find that name in ${place}, and the signature is held against the digest.
   Never \`--force\`, which leaves the signature out.`,
  raise: `\`minVersion\` in \`${IMAGE_SET}\``,
  gather: 'oc adm must-gather --image="$(oc adm release info --image-for must-gather)"',
});

export function upgradeSteps(input: ClusterInput): Steps {
  if (!isClosed(input)) return OUTSIDE;
  return isClosedByHouse(input)
    ? within('`scripts/carry-in.sh`', 'Harbor')
    : within('`oc-mirror`', 'the registry of releases');
}

function hostUpgrade(): Runbook {
  return {
    id: 'host-upgrade',
    title: 'Upgrading and replacing hosts',
    text: `The system of hosts is a part of OpenShift and comes with its upgrades; nothing is installed on a host by hand. What differs for a group of hosts is a MachineConfig, and
every change of one restarts its group, host by host: \`oc get machineconfigpools\`.

Never two hosts of the control plane at once. [A host that does not empty](node-drain.md) stops the round.

A new host: a line in the inventory and one with its hardware address, and then:

1. Write its entry as in \`${HOST}\` into \`nodes-config.yaml\` in a folder of its own, below \`hosts:\`.
2. \`oc adm node-image create --dir FOLDER\`, start the host from \`FOLDER/node.x86_64.iso\`, and \`oc adm node-image monitor --ip-addresses ADDRESS\`.
3. \`oc get csr\`: approve the two requests of the host by its name, and no others: \`oc adm certificate approve NAME\`.
4. \`scripts/bootstrap.sh\`, which tells it its rack.

A host leaves: \`oc adm cordon HOST\`, \`oc adm drain HOST --ignore-daemonsets --delete-emptydir-data\`, switch it off, \`kubectl delete node HOST\`. Then its line goes from the inventory.

A host of the control plane is dead and does not come back: \`oc -n openshift-etcd rsh\` into an \`etcd\` pod that lives, \`etcdctl member list\`, \`etcdctl member remove ID\`; delete the
secrets of the lost member (\`kubectl -n openshift-etcd get secrets | grep HOST\`) and its node. Then a new host takes its place, with the role \`master\` in its entry; the page
*Replacing an unhealthy etcd member* of the documentation of this release counts where it says more.
\`${HOST_CONFIG}\` is for the first installation alone: it would make another cluster.
`,
  };
}

/** What differs where machines are made by a cloud. */
interface EtcdPlace {
  /** What the machines do that came after the copy: a sentence or two. */
  readonly afterwards: string;
  readonly drill: string;
}

const ON_HOSTS: EtcdPlace = {
  afterwards:
    'nodes that came later have to join again, and volumes of claims that came later have no owner any more. `scripts/bootstrap.sh` compares inventory\nand cluster.',
  drill:
    'Twice a year, on three spare machines that stand apart: install them with the same names, and go the way above with the archive of last night. Write down how long it took.',
};

export const etcd = ({ afterwards, drill }: EtcdPlace): Runbook => ({
  id: 'etcd',
  title: 'Copies of etcd, and the way back',
  text: `What the cluster is lies in etcd: every object, and every Secret in encrypted form. Delivery brings back what stands in Git, and nothing else.

## Copies

\`${ETCD_BACKUP} FOLDER\` every day, by a job outside the cluster, with a kubeconfig that lies where the house keeps secrets. It runs the script that OpenShift keeps for this on a
host of the control plane, and brings one archive: the snapshot, and what the static pods of the control plane were started from. The key that Secrets are encrypted
with is part of it, so the archive is as secret as all of them: encrypt it where it is kept, away from the hosts. Keep thirty. A copy fits the same patch of
OpenShift and no other, so the first one after an upgrade cannot wait.

## The way back

For the day on which the quorum is gone for good. What was written since the copy is lost, so delivery and people stay away until it is done. One host of the control
plane becomes the first of a new quorum; hosts are reached by SSH (\`ssh core@ADDRESS\`), with the key that the installer was told of.

1. On every other host of the control plane: \`sudo -E /usr/local/bin/disable-etcd.sh\`, where it still answers.
2. Unpack the archive on the one that leads, into \`/home/core/backup\`, and run \`sudo -E /usr/local/bin/cluster-restore.sh /home/core/backup\`.
3. When its pods of etcd and of the API server run (\`sudo crictl ps\`), restart the kubelet of every host: \`sudo systemctl restart kubelet\`. Approve what asks for a certificate: \`oc get csr\`.
4. \`oc get etcd -o=jsonpath='{range .items[0].status.conditions[?(@.type=="EtcdMembersAvailable")]}{.message}{"\\n"}{end}'\` until three of three are there, then
   \`kubectl get clusteroperators\`.

The page *Restoring to a previous cluster state* of the documentation of this release counts where it says more.

Then: ${afterwards}

## The drill

${drill}

## etcd is slow or full

- \`etcdHighFsyncDurations\`, \`etcdHighCommitDurations\`: the disk. Above 10 ms at the 99th percentile something else writes to it.
- \`etcdDatabaseQuotaLowSpace\`: find out what makes so many objects. Its operator defragments by itself.
`,
});

const NAMES_OF_HOUSE =
  'The names of the console have a certificate of this repository (`platform-config/base/router`); the API has one of an authority of the cluster.';

export const certificates = (names: string): Runbook => ({
  id: 'cluster-certificates',
  title: 'Certificates and keys of the cluster',
  text: `OpenShift renews the certificates of the cluster while it runs. A cluster that is switched off for longer than a month asks for approval of its hosts when it comes
back: \`oc get csr\`. ${names}

How long that of the API has left: \`echo | openssl s_client -connect API_NAME:6443 2>/dev/null | openssl x509 -noout -enddate\`.

## The key that Secrets are encrypted with

\`platform/openshift\` says that what is sensitive is encrypted in etcd (AES-GCM). OpenShift makes the key, changes it every week, and writes everything again.
How far that is: \`oc get kubeapiserver -o=jsonpath='{range .items[0].status.conditions[?(@.type=="Encrypted")]}{.reason}{"\\n"}{.message}{"\\n"}{end}'\`.

## Somebody has seen what they should not

- The kubeconfig of the installer: \`oc config new-admin-kubeconfig >FILE\` makes another one, under an authority of its own. Then the old authority goes from
  the config map \`admin-kubeconfig-client-ca\` in \`openshift-config\`, and what it had signed opens nothing any more: try both.
- The secret of the client at the identity provider: a new one there, then \`scripts/bootstrap.sh\`.
- The pull secret: revoke it at \`console.redhat.com\`, and \`oc set data secret/pull-secret -n openshift-config --from-file=.dockerconfigjson=FILE\`.
`,
});
