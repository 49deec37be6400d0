/** Runbooks of OpenShift in a cloud for the years after the first day. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { isClosed } from '../../egress/no-egress/closed.ts';
import { ETCD_BACKUP } from '../openshift/etcd-backup.ts';
import { minorOf } from '../openshift/project.ts';
import { hasSandboxes } from '../openshift/sandboxes.ts';
import { certificates, etcd, upgradeSteps } from '../openshift/work-runbooks.ts';
import { tenantsOnHosts } from '../self-managed/tenant-hosts.ts';
import { MACHINE_SETS, SANDBOX_SET } from './machine-sets.ts';
import { CLOUD_ROLES } from './scripts.ts';

export function cloudWorkRunbooks(input: ClusterInput): readonly Runbook[] {
  return [upgrade(input), hostUpgrade(input), etcd(MADE_ANEW), certificates(NAMES_WITHIN)];
}

function upgrade(input: ClusterInput): Runbook {
  const { clusters, kubernetes } = input;
  const [{ name }] = clusters;
  const order = clusters.map(each => each.name).join(', then ');
  const steps = upgradeSteps(input);
  const closed = isClosed(input);
  return {
    id: 'upgrade-cluster',
    title: 'Upgrading OpenShift',
    text: `OpenShift upgrades its control plane, its operators and the system of its machines together, one minor at a time and never back. This repository is written for
${minorOf(input)}, which has Kubernetes ${kubernetes}. Order: ${order}, with a few days between them. Patches of a minor come every week or two; take one every month.

${steps.which}
2. A minor: \`oc get apirequestcounts\` shows which kinds are still asked for that it takes away (\`REMOVEDINRELEASE\`). Where OpenShift wants that acknowledged,
   \`oc adm upgrade\` says by which change of \`admin-acks\` in \`openshift-config\`.
3. Operators may ask the cloud for more than before, and nobody gives them that by itself. IMAGE is that of the new release, \`oc adm release info VERSION\` names it:

   \`\`\`sh
   PULL_SECRET_FILE=FILE ${CLOUD_ROLES} ${name} IMAGE FOLDER${closed ? ' INSTALL_CONFIG' : ''}
   kubectl apply --server-side --force-conflicts --field-manager=bootstrap -f FOLDER/manifests
   oc annotate cloudcredential.operator.openshift.io cluster --overwrite cloudcredential.openshift.io/upgradeable-to=VERSION
   \`\`\`

   ${closed ? ASKED_OUTSIDE : ''}A namespace that a new operator brings is not there yet: then make it first, it is named in the manifest.
4. Raise the components of this repository first, in \`delivery\`, and operators that somebody installed, and let them settle.
5. Take a copy of etcd ([etcd](etcd.md)): \`${ETCD_BACKUP} FOLDER\`.
6. ${steps.go} Watch: \`oc adm upgrade\`, \`kubectl get clusteroperators\`. It
   takes one to three hours; machines restart one by one, and [a node that does not empty](node-drain.md) stops the round.
7. Raise \`openshift_version\` in \`infra/machines/envs\`, ${steps.raise}, and the version of Pod Security in \`platform/namespaces\`.
8. Look at the dashboards of the console for a day before the next cluster.

It does not go on: \`kubectl get clusteroperators\` names the operator, and \`${steps.gather}\` collects what support asks for. There is no way back: a cluster that is lost in the
middle comes back from the copy of etcd.
`,
  };
}

const OF_SANDBOX = `, and three of metal for pods in the sandbox, \`${SANDBOX_SET}-1\` to \`${SANDBOX_SET}-3\`, which start in a quarter of an hour, cost as much empty as full, and grow by hand alone`;
const OF_TENANTS = ', and three for each tenant, `tenant-NAME-1` to `tenant-NAME-3`';

function hostUpgrade(input: ClusterInput): Runbook {
  const [{ name }] = input.clusters;
  const others = `${tenantsOnHosts(input).length === 0 ? '' : OF_TENANTS}${hasSandboxes(input) ? OF_SANDBOX : ''}`;
  return {
    id: 'host-upgrade',
    title: 'Machines: more of them, other ones, broken ones',
    text: `The system of machines is a part of OpenShift and comes with its upgrades; nothing is installed on a machine by hand. What differs for a group of them is a MachineConfig,
and every change of one restarts its group, machine by machine: \`oc get machineconfigpools\`.

Sets of machines are three for the platform, made by the installer, and three for workloads, \`workload-1\` to \`workload-3\`, each in a zone of its own
(\`${MACHINE_SETS} ${name}\` makes them)${others}. All in \`openshift-machine-api\`:

- More or fewer: \`oc -n openshift-machine-api scale machineset workload-1 --replicas 2\`, the same for all three, so that a zone may be lost.
- Another size: change it in the set (\`oc -n openshift-machine-api edit machineset workload-1\`), and delete its machines one after
  the other, with a second one in the zone before: its set makes new ones of that size.
- One is broken: \`oc -n openshift-machine-api delete machine NAME\`. It is drained, taken away and made anew. [A node that does not empty](node-drain.md) stops that.
- One of the control plane: the same command. Its set (\`oc -n openshift-machine-api get controlplanemachineset\`, \`STATE\` is \`Active\`) makes another and etcd takes it in.
  Never two at once, and the next one when \`kubectl get clusteroperators etcd\` is content.

A machine does not come: \`oc -n openshift-machine-api get machines\`, and \`oc -n openshift-machine-api describe machine NAME\` says what the cloud answered: mostly a quota.
`,
  };
}

const ASKED_OUTSIDE = `The first of these where the internet is: INSTALL_CONFIG is the \`install-config.yaml\` that was kept, since no cluster can be asked from there. The others where
   the network is.
   `;

const MADE_ANEW = {
  afterwards:
    'machines that came later have to join again: delete them, and their sets make others. Volumes of claims that came later have no owner any more.',
  drill: `Twice a year: install a cluster of the same release with other values, take its archive, delete a Secret that nothing needs, go the way above, and see that it is there
again. Write down how long it took, and take that cluster down.`,
};
const NAMES_WITHIN =
  'The names of the console and of the API have certificates of authorities of the cluster: their zone is private, and nobody outside could prove them. What people have to trust for the console is in the config map `default-ingress-cert` of `openshift-config-managed`.';
