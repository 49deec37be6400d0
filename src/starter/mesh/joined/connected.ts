/** How networks of clusters that are joined come to lead to one another, cloud by cloud: parts of the page of the clusters. */
import type { ModuleInput } from '../../module.ts';
import { answerOf, pickOf } from '../../picks.ts';

type Ground = 'eks' | 'machines-aws' | 'aks' | 'machines-azure' | 'gke' | 'machines-gcp';

function groundOf({ stack }: ModuleInput): Ground {
  const isOwn = pickOf(stack, 'control-plane') === 'self-managed';
  const cloud = answerOf(stack, 'cloud');
  if (cloud === 'gcp') return isOwn ? 'machines-gcp' : 'gke';
  if (cloud === 'azure') return isOwn ? 'machines-azure' : 'aks';
  return isOwn ? 'machines-aws' : 'eks';
}

const isGiven = ({ stack }: ModuleInput): boolean => pickOf(stack, 'network') === 'existing-network';

/** Paragraphs. */
export function connected(input: ModuleInput): string {
  const ground = groundOf(input);
  if (ground === 'machines-gcp' && !isGiven(input)) return `${OWN} ${PEERED_HERE}`;
  return `${isGiven(input) ? GIVEN : OWN} Gateways and APIs have addresses within them, so where they are not connected yet, that
comes first: ${CONNECTED[ground]}
The ranges of the table do not meet, so routes between them are enough.${AFTER[ground] ?? ''}`;
}

const OWN = '`infra` makes a network for each cluster, and none of them leads to another one.';
const GIVEN = 'The clusters stand in networks of the house, which says what they lead to.';

const AWS =
  'by a peering of the VPCs (between two), or by a Transit Gateway in each region and a peering of these (between more), with routes in the tables of the private subnets at both ends.';
const AZURE = 'by a peering of the virtual networks from both ends, which works across regions as well.';
const GKE =
  'by spokes of one hub of Network Connectivity Center that hands on connections of Private Service Connect. A peering would\ncarry the gateways alone: the private address of an API of GKE is such a connection.';
const GOOGLE =
  'by a peering of the networks from both ends, or by spokes of one hub of Network Connectivity Center. Networks of Google span regions: clusters whose subnets lie in one need neither.';
/** A peering to a network that is not there would fail the apply that makes the first. */
const PEERED_HERE = `Gateways and APIs have addresses within them, so they are peered, once
the networks of all clusters of an environment are there: \`joined_networks\` in \`infra/machines/envs\` of each names those of the others (the name of a
network is that of its cluster), and the next apply makes its end of each peering. The ranges of the table do not meet, so that is enough. Accounts that
apply in another project may use its networks there.

\`\`\`hcl
joined_networks = ["projects/PROJECT/global/networks/CLUSTER_NAME"]
\`\`\``;

const CONNECTED: Readonly<Record<Ground, string>> = {
  eks: AWS,
  'machines-aws': AWS,
  aks: AZURE,
  'machines-azure': AZURE,
  gke: GKE,
  'machines-gcp': GOOGLE,
};

const HUB = `

\`\`\`sh
gcloud network-connectivity hubs create ENVIRONMENT --export-psc
gcloud network-connectivity spokes linked-vpc-network create CLUSTER_NAME --hub ENVIRONMENT --vpc-network NETWORK --global
\`\`\`

The second line is for the network of each cluster; one in another project names the hub as \`projects/PROJECT/locations/global/hubs/ENVIRONMENT\`, and its owner
accepts it. Networks of Google span regions: clusters whose subnets lie in one need no hub.`;

const AFTER: Partial<Readonly<Record<Ground, string>>> = { gke: HUB };

/** What opens an API to the others: a list item. */
export function opened(input: ModuleInput): string {
  const ground = groundOf(input);
  if (ground !== 'machines-gcp') return `- ${OPENED[ground]}`;
  return `- ${isGiven(input) ? NAMED_IN_OTHERS : NAMED_IN_PEERED}`;
}

const BY_GROUP = 'The security group of the API of each cluster admits the ranges of the others.';

const NAMED_IN_PEERED =
  'The same setting makes the private name of the API known in those networks. It answers in every region.';
const NAMED_IN_OTHERS =
  'The private name of each API is known in its own network. Where clusters stand in several, `joined_networks` in `infra/machines/envs` names those of the others, as `projects/PROJECT/global/networks/NAME`: they know it then. The API answers in every region. `joined_cidrs` lets the others in at the gateway where the network is of another project.';

const OPENED: Readonly<Record<Exclude<Ground, 'machines-gcp'>, string>> = {
  eks: `${BY_GROUP} The name of a private API gives its addresses within the network to whoever asks.`,
  'machines-aws': `${BY_GROUP} The private zone that has the name of each API is associated with the networks of the others, or the name is not found there.`,
  aks: 'The private DNS zone of each API is linked with the networks of the others, or its name is not found there.',
  'machines-azure':
    'The private DNS zone of each API is linked with the networks of the others, or its name is not found there.',
  gke: '`joined_cidrs` in `infra/gke/envs` names the ranges of the others: the API admits them, and answers in every region then. Contexts of kubectl are those of `gcloud container clusters get-credentials --internal-ip`, so that they name that address.',
};
