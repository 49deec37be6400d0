/** Runbooks of OpenShift on hosts of one's own: from bare hosts to a cluster, upgrades, hosts, etcd, certificates, and the end. */

import type { ClusterInput } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { isClosed } from '../../egress/no-egress/closed.ts';
import { pickOf } from '../../picks.ts';
import { release } from '../../release.ts';
import { withToken } from '../../repository/scripts/script-parts.ts';
import { HOST_CONFIG } from '../self-managed/host-config-script.ts';
import { HOSTS_FOLDER } from '../self-managed/inventory.ts';
import { buckets } from '../self-managed/own-host-runbooks.ts';
import { ETCD_BACKUP } from './etcd-backup.ts';
import { hasFips } from './install.ts';
import { IMAGE_SET } from './mirror.ts';
import { signsIn } from './settings.ts';
import { workRunbooks } from './work-runbooks.ts';

export function openshiftRunbooks(input: ClusterInput): readonly Runbook[] {
  return [bootstrap(input), ...workRunbooks(input), teardown(input)];
}

function bootstrap(input: ClusterInput): Runbook {
  const { clusters, stack } = input;
  const [{ name }] = clusters;
  const { version } = release(input, 'openshift');
  const installer = hasFips(input) ? 'openshift-install-fips' : 'openshift-install';
  const closed = isClosed(input);
  return {
    id: 'bootstrap',
    title: 'From bare hosts to a running cluster',
    text: `Takes a day the first time and two hours when hosts are ready. Shown for ${name}; the other clusters go the same way. Each block of commands starts at
the root of this repository.

## What the house has to have

${closed ? FROM_HARBOR : FROM_RED_HAT}
- Hosts in three racks with power and network of their own: at least 4 processors, 16 GiB and a disk of 100 GiB with fast writes for the control plane (8 processors and
  32 GiB where it runs anything else), the same without the fast disk for others. Time from one source.
- In DNS, before the first host starts: \`API_NAME\` is \`API_ADDRESS\`, and \`*.apps.DOMAIN\` and \`*.DOMAIN\` are \`INGRESS_ADDRESS\`; each host has its name, forwards
  and back. Both addresses belong to no host and move by themselves.
- Between hosts everything is open within \`NODE_CIDR\`; from outside 6443 for people and pipelines, and 80 and 443 of \`INGRESS_ADDRESS\`. The hosts lie in
  one layer-2 network.
- Block storage with a CSI driver that is certified for this release; the class \`block\` names it (\`platform/storage\`). Install it, by its operator, as soon as the cluster
  stands: claims wait until then, those of the monitoring among them. Volumes must be reachable from every rack, and encrypted where they lie.
- Object storage that speaks S3, away from these hosts, with a key and these buckets for each cluster: ${buckets(stack)}. Versioned there, and a rule of
  the storage takes away what is older than its bucket says, and versions that were replaced a week ago: no sooner, since whoever writes them reads them until then.
- An identity provider that issues groups in its tokens, with a client whose redirect address is \`https://oauth-openshift.apps.DOMAIN/oauth2callback/house\`.

\`oc\` and \`${installer}\` of ${version}, from \`mirror.openshift.com/pub/openshift-v4/clients/ocp/${version}\`, held against \`sha256sum.txt\` beside them and that against
its signature.${hasFips(input) ? FIPS : ''}${closed ? CARRIED_IN : ''}

## The hosts

Fill in \`${HOSTS_FOLDER}/${name}.conf\`, then:

\`\`\`sh
PULL_SECRET_FILE=FILE SSH_KEY_FILE=FILE ${HOST_CONFIG} ${name}
${installer} agent create image --dir FOLDER
\`\`\`

The first prints the folder; nothing of it belongs into Git. Write \`FOLDER/agent.x86_64.iso\` to a medium, or give it to the management of the hosts, and start every
host from it; the one with the first address of the control plane leads. It holds ${closed ? 'the sign-in of Harbor' : 'the pull secret'}: destroy it afterwards. Then:

\`\`\`sh
${installer} agent wait-for bootstrap-complete --dir FOLDER
${installer} agent wait-for install-complete --dir FOLDER
\`\`\`

It does not go on: \`ssh core@FIRST_ADDRESS journalctl -u assisted-service\` says which host failed which check.

## The way in

${WAY_IN}

## What runs in it

\`\`\`sh
${signsIn(input) ? 'SIGN_IN_CLIENT_SECRET=... ' : ''}${pickOf(stack, 'dns-and-certificates') === 'external-dns-cert-manager' ? 'DNS_UPDATE_KEY=... ' : ''}OBJECT_STORE_KEY=... OBJECT_STORE_SECRET=... ${withToken(input)}scripts/bootstrap.sh ${name}
\`\`\`

Whatever else it wants, a key or a file that lies nowhere in here, it names when it stops. It compares inventory and cluster, tells hosts their rack, and lets delivery do
the rest. It may be run again at any time; with a new key it puts that into the place of the old one. Encrypting what lies in etcd takes half an hour more:
\`oc get kubeapiserver -o=jsonpath='{range .items[0].status.conditions[?(@.type=="Encrypted")]}{.reason}{"\\n"}{end}'\` ends with \`EncryptionCompleted\`.

## Afterwards

${signsIn(input) ? KUBEADMIN : ''}- Take a copy of etcd and restore it somewhere else ([etcd](etcd.md)): a copy that was never restored is a hope.
- Pull the plug of one rack and see that nobody notices.
- Put the kubeconfig of the installer and the archive of etcd into two safes. From now on people sign in.
`,
  };
}

const FROM_RED_HAT = `- A subscription of OpenShift and its pull secret, from \`console.redhat.com\`. Hosts reach \`quay.io\`, \`registry.redhat.io\`, \`api.openshift.com\` and what Red Hat names
  beside them over 443.`;

const FROM_HARBOR = `- A subscription of OpenShift. Its pull secret, from \`console.redhat.com\`, stays with the machine that carries things in; hosts have the sign-in of a robot account of
  Harbor that may read, in the same form: \`{"auths": {"HARBOR": {"auth": "BASE64"}}}\`, where BASE64 is \`NAME:SECRET\` encoded.
- In Harbor what \`scripts/carry-in.sh\` brings ([no way out](no-way-out.md)), the release of \`${IMAGE_SET}\` among it. Hosts reach Harbor over 443 by its name, and it is up whenever
  a cluster is: without it no pod starts on a host that has not its image yet.`;

const CARRIED_IN = ` They are carried in as files, and the installer is run where Harbor can be reached, with \`oc\` in the PATH: it takes what hosts start
from out of the release there.`;

/** Wherever OpenShift was installed. */
export const WAY_IN = `\`FOLDER/auth/kubeconfig\` is the certificate of an administrator who is nobody, and ends after ten years: it goes into a safe once people sign in.

\`\`\`sh
export KUBECONFIG=FOLDER/auth/kubeconfig
kubectl config rename-context admin CLUSTER_NAME
kubectl get clusteroperators
\`\`\``;

export const FIPS = ` Cryptography is validated only where the installer runs on Red Hat Enterprise Linux 9 that is in FIPS mode itself, and cannot be
made so later.`;

export const KUBEADMIN = `- Somebody of the break-glass group signs in: \`oc login --web https://API_NAME:6443\`, then \`oc auth can-i '*' '*'\`. Only then the first user goes, for good:
  \`kubectl -n kube-system delete secret kubeadmin\`. Take the person out of the group again.
`;

function teardown({ clusters, delivery }: ClusterInput): Runbook {
  const [{ name }] = clusters;
  return {
    id: 'teardown',
    title: 'Taking a cluster down',
    text: `1. Stop delivery: \`${delivery.stop}\`.
2. Delete claims whose data is no longer needed. Volumes are kept on purpose; delete them in the storage by hand.
3. Take the last copy of etcd (\`${ETCD_BACKUP}\`), and decide how long it is kept.
4. Switch the hosts off, the control plane last, and wipe their disks: no program of OpenShift does that on hosts of your own.
5. Take the cluster out of your subscription at \`console.redhat.com\`, \`${HOSTS_FOLDER}/${name}.conf\`, \`clusters/${name}\` and its overlays out of this repository, and its
   names and addresses out of your DNS.
`,
  };
}
