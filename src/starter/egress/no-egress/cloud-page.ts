/** docs/runbooks/no-way-out.md of a network of a cloud. */
import type { Runbook } from '../../contribution.ts';
import { hasSandboxNodes } from '../../control-plane/eks/sandbox-nodes.ts';
import { isOpenshift } from '../../control-plane/openshift/project.ts';
import { windowsHosts } from '../../control-plane/self-managed/windows/hosts.ts';
import type { ModuleInput } from '../../module.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { CHARTS } from '../../registry/upstreams.ts';
import { SOURCE } from './closed.ts';
import { hostsTable } from './given-hosts.ts';
import { releasesOfOpenshift } from './openshift-releases.ts';
import { LAYERS_OF_WINDOWS, WEBSITES } from './pages.ts';

export function noWayOutOfCloudPage(input: ModuleInput, named: ReadonlySet<string>): Runbook {
  const within = input.foundation.services?.registry?.within;
  if (within === undefined) throw new Error('the registry of this cloud does not answer within its network');
  const { title, login, operator, replaced } = within;
  const [{ name }] = input.clusters;
  const fetches =
    pickOf(input.stack, 'control-plane') === 'self-managed' &&
    pickOf(input.stack, 'distribution') !== 'talos' &&
    !isOpenshift(input);
  return {
    id: 'no-way-out',
    title: 'A network without a way out',
    text: `Nothing in this network reaches the internet, and nothing that the cluster reads names a host outside of it. What it reaches:

${hostsTable(input, named)}

A check of this repository's generator holds every chart, image, source and address of a manifest against this table, and every policy of a pod
against the ranges of this network and of the house. A new host is a change here first, with whoever runs the network.

What has no address within, and what stands in its place:

${replaced.map(each => `- ${each}`).join('\n')}

${pickOf(input.stack, 'platform') === 'both' ? beside(input) : ''}## Two places

**Where the internet is**: OpenTofu, the publishers and ${title}. Infrastructure is planned and applied there, and what is carried in goes through there.

**Where the network is**: ${operator}

## Carrying something in

Where both publishers and ${title} are reached, with \`crane\`, \`flux\`, \`git\` and \`helm\`. Once for each registry, which is that of the account
and the region of a cluster:

\`\`\`sh
registry=REGISTRY
${login}
scripts/carry-in.sh "$registry"
\`\`\`

It copies the images of \`images.txt\` and the charts of \`charts.txt\` below the names of their publishers, charts of websites below \`${CHARTS}\`, and
kinds that lie in Git as artifacts${hasSandboxNodes(input) ? '. So it does with the archive of gVisor, from which nodes of the sandbox install it' : ''}. It stops at the first that arrives changed, and leaves alone what is there. Scan what came before it is used.
${windowsHosts(input) === null ? '' : LAYERS_OF_WINDOWS}
${fetches ? MACHINES : ''}${isOpenshift(input) ? OF_OPENSHIFT : ''}An update is a pull request that raises a version, then \`scripts/carry-in.sh\`, then the merge and \`scripts/hand-over.sh\`: in this order, or delivery
waits for what is not there and says so. Renovate opens it, from where the publishers can be reached.
${WEBSITES}
## Handing this repository over

No Git server is within. Flux reads the artifact \`${SOURCE}\` of the registry, whose tag is the name of the cluster:

\`\`\`sh
scripts/hand-over.sh ${name} "$registry"
\`\`\`

It takes the commit that is checked out, and only one that lies on the branch of the cluster at the server. What a cluster stands at:
\`flux get sources oci flux-system\`. To go back, check the older commit out and hand it over.

${isOpenshift(input) ? `${releasesOfOpenshift(input)}\n\n` : ''}## Something does not come

1. *not found*, *MANIFEST_UNKNOWN*: it was not carried in. \`scripts/carry-in.sh\` again.
2. *denied*, *403*: whoever asks may not read there. Nodes read with their own identity, Flux with that of \`source-controller\`.
3. A connection that times out, to a host that is not in the table: something was added that calls home. \`kubectl -n NAMESPACE logs\` names it; its
   chart has a value for that, or it does not belong here.
`,
  };
}

const beside = ({ stack }: ModuleInput) => `## Services beside the clusters

They run in a network of their own (${answerOf(stack, 'cloud') === 'gcp' ? ON_CLOUD_RUN : ON_ECS}
\`scripts/bootstrap-serverless.sh\` copies those of others and the workflow \`image\` pushes your own; both run where the internet is.

`;
const ON_ECS = `\`infra/ecs/network.tf\`), closed in the same way: services of AWS answer at endpoints in it, the load balancer has
private addresses, and the only routes lead to the private ranges of the house. Their images lie in the registry of their account, where`;
const ON_CLOUD_RUN = `\`infra/cloud-run/network.tf\`), closed in the same way: Google answers at the restricted addresses, load balancers have private ones,
and nothing else is led to but what the network of the house itself holds. Their images lie in the registry of their project, where`;

const OF_OPENSHIFT = `Releases of OpenShift come by another tool, into another registry: below.

`;

const MACHINES = `What machines install themselves from is carried apart, into the store of their cluster, and for every cluster: \`scripts/carry-to-hosts.sh CLUSTER\`, which prints
the line of the inventory by which machines know it ([the bootstrap](bootstrap.md)).

`;
