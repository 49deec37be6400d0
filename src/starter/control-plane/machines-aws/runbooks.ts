/** Runbooks for the beginning and the end of a cluster on machines of AWS. */

import { answersWithin } from '../../api-exposure/access.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { authorityFirst, withAuthority } from '../../cni/cilium/joined-clusters.ts';
import type { Runbook } from '../../contribution.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { ADDRESSES } from '../../environments/nat-gateways.ts';
import { hasGrafana } from '../../metrics/data-source.ts';
import { withToken } from '../../repository/scripts/script-parts.ts';
import { breakSomething } from '../../workload/break-something.ts';
import { balancersFirst, destroy } from '../beginning-and-end.ts';
import { copyValues } from '../copied-values.ts';
import { accountOnce } from '../eks/account-steps.ts';
import { standsInExistingNetwork } from '../eks/existing-network.ts';
import { GIVEN_AND_CLOSED } from '../eks/given-and-closed.ts';
import { waitsForApply } from '../eks/made-up.ts';
import { ATTACHMENT } from '../eks/runbooks.ts';
import { zoneLine } from '../eks/zone.ts';
import { FILL_CLUSTER_VARS } from '../fill-cluster-vars.ts';
import { KUBECTL_BY_TUNNEL } from '../self-managed/api-tunnel.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { HOST_CONFIG } from '../self-managed/host-config-script.ts';
import { HOSTS_FOLDER } from '../self-managed/inventory.ts';
import { hostRunbooks } from '../self-managed/runbooks.ts';
import { windowsHosts } from '../self-managed/windows/hosts.ts';
import { READY_BY_RKE2 } from '../self-managed/windows/runbook.ts';
import { awsMachines, ON_HOST_SCRIPT } from './place.ts';
import { talosImage } from './talos-image.ts';

export function machineRunbooks(input: ClusterInput, distribution: Distribution): readonly Runbook[] {
  return [
    bootstrap(input, distribution),
    ...hostRunbooks(input, distribution, awsMachines(input)),
    teardown(input),
  ];
}

function bootstrap(input: ClusterInput, { says, setUpBy }: Distribution): Runbook {
  const { clusters, stack } = input;
  const closed = wayOut(input) === 'none';
  const [{ name }] = clusters;
  const told = says(awsMachines(input));
  return {
    id: 'bootstrap',
    title: 'From nothing to a running cluster',
    text: `Takes half a day the first time. Shown for ${name}; the other clusters go the same way. Each block of commands starts at
the root of this repository.

## Before

- Tools: \`mise install\`, and the plugin of Session Manager for \`aws\`, by which \`${ON_HOST_SCRIPT}\` gets onto machines: no port is open for that.
- Quotas of the account in the region of the cluster: ${quotas(input)}${windowsHosts(input) === null ? 'nine' : 'eleven'} on-demand instances of four vCPUs each.${standsInExistingNetwork(input) ? (wayOut(input) === 'none' ? GIVEN_AND_CLOSED : GIVEN) : ''}
${zoneLine(input)}- The account does not block public buckets as a whole (\`aws s3control get-public-access-block\`): the two documents by which AWS believes tokens of this cluster are
  public by their nature, and lie in a bucket. All other buckets are closed one by one.
${wayToApi(input, setUpBy)}- No placeholder is left${waitsForApply(input) ? ' but those that are filled in below' : ''}${closed && setUpBy === 'machine' ? ' but that of `RELEASE_SHA256`, which a step below prints' : ''}: \`scripts/check-placeholders.sh\`.
${closed ? ATTACHMENT : ''}
## The account, once

${accountOnce(input)}

## The machines

${talosImage(input, setUpBy)}\`${HOSTS_FOLDER}/${name}.conf\` lists them; OpenTofu reads that file, so a machine more is a line more and an apply.

\`\`\`sh
cd infra/machines
${copyValues(name)}
tofu init -reconfigure -backend-config=envs/${name}.tfbackend
tofu apply -var-file=envs/${name}.tfvars
${closed ? 'tofu output -json cluster_vars >cluster-vars.json\n' : ''}${waitsForApply(input) ? `cd ../..\n${FILL_CLUSTER_VARS} ${name}\n` : ''}\`\`\`

Network, keys, buckets, the load balancer before the API and its name, and the machines, which start and wait.${waitsForApply(input) ? FILLED : ''}

## What they are told

${setUpBy === 'talosctl' ? TALOS : 'Nothing of the folder that the script prints belongs into Git: delete it when the cluster stands.'}

${told.install}

${windowsHosts(input) === null ? 'No node becomes Ready yet: the network comes with the next step.' : READY_BY_RKE2}

## The way in

${told.kubeconfig}
${setUpBy === 'machine' ? BY_SESSION_MANAGER : ''}
## What runs in it

${authorityFirst(input)}${closed ? within(input, name) : `\`\`\`sh\n${withAuthority(input)}${withToken(input)}scripts/bootstrap.sh ${name}\n\`\`\``}

It compares inventory, infrastructure and cluster, installs the network, publishes the keys by which AWS believes tokens of service accounts, and lets delivery do the rest.
It may be run again at any time, and has to be after the key of service accounts was changed. When it waits for \`platform-config\`, a certificate is usually what is
missing: \`kubectl get certificates --all-namespaces\`, then [a pod that AWS refuses](pod-identity.md).

## Afterwards

${hasGrafana({ stack }) ? GRAFANA : ''}${breakSomething(input)}
- Restore a snapshot of etcd somewhere else ([etcd](etcd.md)): a snapshot that was never restored is a hope.
- Put the kubeconfig of the first machine into a safe. From now on people sign in.
`,
  };
}

const FILLED = ' The script has written\nwhat only AWS knew into `clusters`: commit and push it.';
const BY_SESSION_MANAGER = `
From elsewhere Session Manager carries it, one terminal for the tunnel and one for kubectl; INSTANCE is the id of any machine of the control plane:

\`\`\`sh
aws ssm start-session --target INSTANCE --document-name AWS-StartPortForwardingSession --parameters portNumber=6443,localPortNumber=6443
${KUBECTL_BY_TUNNEL}
\`\`\`
`;

/** Machines with Talos run no agent of Session Manager. */
function wayToApi(input: ClusterInput, setUpBy: Distribution['setUpBy']): string {
  if (wayOut(input) === 'none')
    return '- A machine of the house in one of the ranges of `people_ranges`: [the two places](no-way-out.md).\n';
  const where = answersWithin(input)
    ? 'there and nowhere else'
    : 'there, and to the networks of `api_allowed_cidrs`';
  return setUpBy === 'talosctl'
    ? `- A way into the network of the cluster, a VPN or a machine in it: the API answers ${where}.\n`
    : `- The API answers in the network of the cluster, ${where}: Session Manager carries you to it.\n`;
}

const within = (
  input: ClusterInput,
  name: string,
) => `First what it is made of has to be there: [carrying in and handing over](no-way-out.md). Then, on the machine of the house that the page names, with
this repository, \`cluster-vars.json\`, the values of the cluster and the kubeconfig brought along:

\`\`\`sh
${withAuthority(input)}CLUSTER_VARS=infra/machines/cluster-vars.json scripts/bootstrap.sh ${name}
\`\`\``;

const TALOS = `\`TALOS_SECRETS=secrets.yaml ${HOST_CONFIG} CLUSTER\` prints a folder with what each machine is told; nothing of it belongs into Git.`;

/** What a network of one's own takes. */
function quotas(input: ClusterInput): string {
  if (standsInExistingNetwork(input)) return '';
  return wayOut(input) === 'nat' ? `${ADDRESSES}, one more VPC, ` : 'one more VPC, ';
}

const GIVEN = `
- The network is there: a private subnet in each of three zones with a way out and the tags that \`node_subnet_ids\` asks for, public ones with \`kubernetes.io/role/elb = 1\`,
  and free addresses for the machines of the inventory. Its resolver answers \`API_NAME\`: \`enable_dns_support\` and \`enable_dns_hostnames\` are on.`;

const GRAFANA = `- Read the password of Grafana: \`kubectl -n monitoring get secret grafana-admin -o jsonpath='{.data.admin-password}' | base64 -d\`
`;

function teardown(input: ClusterInput): Runbook {
  const { clusters, delivery } = input;
  const [{ name }] = clusters;
  return {
    id: 'teardown',
    title: 'Taking a cluster down',
    text: `In this order: what controllers have made outside the cluster goes first, since nobody would find it later.

1. Stop delivery: \`${delivery.stop}\`.
2. ${balancersFirst(input, 'load balancers')}
3. Delete claims whose data is no longer needed. Volumes are kept on purpose; delete them in EC2 by hand.
4. Take the last snapshot of etcd and the last backup away, and decide how long they are kept.
5. In \`infra/machines\` turn \`enable_deletion_protection\` of the load balancer off and apply that; then take \`prevent_destroy\` off the key
   and the buckets. Both are pull requests, which is the point of them.
6. ${destroy('infra/machines', name)}. Buckets go when they are empty: \`aws s3 rm --recursive\`, and their old versions.
7. Take \`${HOSTS_FOLDER}/${name}.conf\`, \`clusters/${name}\` and its overlays out of this repository.

The key of the machines is gone after thirty days; until then it can be brought back, and with it every snapshot.
`,
  };
}
