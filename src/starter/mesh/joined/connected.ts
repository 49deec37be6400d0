/** How networks of clusters that are joined come to lead to one another, cloud by cloud: parts of the page of the clusters. */

import { isOpenshift } from '../../control-plane/openshift/project.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import type { ModuleInput } from '../../module.ts';
import { answerOf, pickOf } from '../../picks.ts';

type Ground =
  | 'eks'
  | 'machines-aws'
  | 'aks'
  | 'aks-automatic'
  | 'machines-azure'
  | 'gke'
  | 'machines-gcp'
  | 'openshift-gcp'
  | 'openshift-azure';

function groundOf({ stack }: ModuleInput): Ground {
  const isOwn = pickOf(stack, 'control-plane') === 'self-managed';
  const cloud = answerOf(stack, 'cloud');
  if (cloud === 'gcp' && isOwn) return isOpenshift({ stack }) ? 'openshift-gcp' : 'machines-gcp';
  if (cloud === 'gcp') return 'gke';
  if (cloud === 'azure' && !isOwn)
    return pickOf(stack, 'control-plane') === 'managed-auto' ? 'aks-automatic' : 'aks';
  if (cloud === 'azure') return isOpenshift({ stack }) ? 'openshift-azure' : 'machines-azure';
  return isOwn ? 'machines-aws' : 'eks';
}

const isGiven = ({ stack }: ModuleInput): boolean => pickOf(stack, 'network') === 'existing-network';

/** Paragraphs. `who` needs the connection: a clause. */
export function connected(input: ModuleInput, who = 'Gateways and APIs have addresses within them'): string {
  const ground = groundOf(input);
  if (ground in NETWORK_NAMED && !isGiven(input)) return `${madeHere(input)} ${peeredHere(ground, who)}`;
  return `${isGiven(input) ? GIVEN : madeHere(input)} ${who}, so where they are not connected yet, that
comes first: ${CONNECTED[ground]}
The ranges of the table do not meet, so routes between them are enough.${ground === 'gke' ? hubOf(input) : ''}`;
}

function madeHere(input: ModuleInput): string {
  return wayOut(input) === 'nat'
    ? '`infra` makes a network for each cluster, and none of them leads to another one.'
    : '`infra` makes a network for each cluster, and what leaves it goes by the house.';
}
const GIVEN = 'The clusters stand in networks of the house, which says what they lead to.';

const AWS =
  'by a peering of the VPCs (between two), or by a Transit Gateway in each region and a peering of these (between more), with routes in the tables of the private subnets at both ends.';
const AZURE = 'by a peering of the virtual networks from both ends, which works across regions as well.';
const GKE =
  'by spokes of one hub of Network Connectivity Center that hands on connections of Private Service Connect. A peering would\ncarry the gateways alone: the private address of an API of GKE is such a connection.';
const GOOGLE =
  'by a peering of the networks from both ends, or by spokes of one hub of Network Connectivity Center. Networks of Google span regions: clusters whose subnets lie in one need neither.';
const NETWORK_OF_AZURE =
  'joined_networks = { NAME = "/subscriptions/ID/resourceGroups/CLUSTER_NAME/providers/Microsoft.Network/virtualNetworks/CLUSTER_NAME" }';
/** How peers are named, by what a cluster stands on whose infrastructure peers networks. */
const NETWORK_NAMED: Partial<Readonly<Record<Ground, string>>> = {
  'machines-gcp': 'joined_networks = ["projects/PROJECT/global/networks/CLUSTER_NAME"]',
  'openshift-gcp': 'joined_networks = { CLUSTER_NAME = "projects/PROJECT/global/networks/CLUSTER_NAME" }',
  'machines-azure': NETWORK_OF_AZURE,
  'openshift-azure': NETWORK_OF_AZURE,
};

/** The zone that has the name of an API is its installer's. */
const INSTALLED =
  'all clusters of an environment are installed, since the installer of each makes the private zone that has the name of its API';

/** A peering to a network that is not there would fail the apply that makes the first. */
const peeredHere = (ground: Ground, who: string): string => `${who}, so they are peered, once
${ground === 'openshift-azure' ? INSTALLED : 'the networks of all clusters of an environment are there'}: \`joined_networks\` in \`infra/machines/envs\` of each names those of the others, and the next
apply makes its end of each peering. The ranges of the table do not meet, so that is enough. An account that applies in another project or subscription
needs the right to peer the networks of both.

\`\`\`hcl
${NETWORK_NAMED[ground] ?? ''}
\`\`\``;

const CONNECTED: Readonly<Record<Ground, string>> = {
  eks: AWS,
  'machines-aws': AWS,
  aks: AZURE,
  'aks-automatic': AZURE,
  'machines-azure': AZURE,
  'openshift-azure': AZURE,
  gke: GKE,
  'machines-gcp': GOOGLE,
  'openshift-gcp': GOOGLE,
};

const HUB = `

\`\`\`sh
gcloud network-connectivity hubs create ENVIRONMENT --export-psc
gcloud network-connectivity spokes linked-vpc-network create CLUSTER_NAME --hub ENVIRONMENT --vpc-network NETWORK --global
\`\`\`

The second line is for the network of each cluster; one in another project names the hub as \`projects/PROJECT/locations/global/hubs/ENVIRONMENT\`, and its owner
accepts it. Networks of Google span regions: clusters whose subnets lie in one need no hub.`;

function hubOf(input: ModuleInput): string {
  return wayOut(input) === 'nat' || isGiven(input)
    ? HUB
    : `${HUB} A network that is peered with that of the house may be a spoke, as long as that of the house is none.`;
}

/** What a firewall of the house lets through, where it stands between the networks: a list item; none where none is. */
export function throughHouse(input: ModuleInput): readonly string[] {
  return wayOut(input) === 'nat'
    ? []
    : [
        '- What these networks send to one another need not pass the firewall or the proxy by which the clusters are left: a connection of their own is the shorter way. Where the house leads it through its firewall all the same, that lets through what the table says, unopened: it is TLS by certificates that the firewall does not have.',
      ];
}

/** What opens an API to the others: a list item. */
export function opened(input: ModuleInput): string {
  const ground = groundOf(input);
  return `- ${(isGiven(input) ? undefined : OPENED_HERE[ground]) ?? OPENED[ground]}`;
}

const BY_GROUP = 'The security group of the API of each cluster admits the ranges of the others.';
const NAMED = 'The same setting makes the private name of the API known in those networks.';

const LINKED =
  'The same setting links the private zone of the cluster, which the installer has made in *CLUSTER_NAME-nodes*, with those networks: the name of its API is known there.';

/** Of OpenShift, whose installer makes the API. */
const BY_BOOTSTRAP =
  '`joined_cidrs` in the same file names who is let in at the API. `scripts/bootstrap.sh` has it answer in every region, which the installer has no setting for.';

/** Where the network is made here. */
const OPENED_HERE: Partial<Readonly<Record<Ground, string>>> = {
  'machines-gcp': `${NAMED} It answers in every region.`,
  'openshift-gcp': `The same setting makes the names of their APIs known in the network of the cluster; an account that applies in another project is DNS Peer there. ${BY_BOOTSTRAP}`,
  'openshift-azure': `${LINKED} \`joined_cidrs\` names who is let in, at the API and at the ports of the gateway; the rest of these networks is refused, which Azure would let in otherwise.`,
  'machines-azure': `${NAMED} \`joined_cidrs\` names who is let in, at the API and at the ports of the gateway.`,
};

const OPENED: Readonly<Record<Ground, string>> = {
  eks: `${BY_GROUP} The name of a private API gives its addresses within the network to whoever asks.`,
  'machines-aws': `${BY_GROUP} The private zone that has the name of each API is associated with the networks of the others, or the name is not found there.`,
  aks: 'The private DNS zone of each API lies in the group *CLUSTER_NAME-nodes*, and is linked with the networks of the others, or the name is not found there: `az network private-dns link vnet create --resource-group CLUSTER_NAME-nodes --zone-name ZONE --name NAME --virtual-network ID --registration-enabled false`.',
  'aks-automatic':
    'The private DNS zone of each API lies in a group that Azure locks. So the networks of the others are linked with a private zone of your own that has the whole name of the API (`az aks show --query privateFqdn`) and one record, `@`, of its address: a host in its network looks that up. Its own network is not linked with it.',
  'machines-azure':
    '`joined_networks` in `infra/machines/envs` names the networks of the others: they know the private name of the API then. `joined_cidrs` names who is let in, at the API and at the ports of the gateway.',
  'openshift-azure':
    '`joined_networks` in `infra/machines/envs` names the networks of the others, once all clusters are installed: the private zone that the installer has made in *CLUSTER_NAME-nodes* is linked with them, and they know the name of the API then. The security groups of the network let the ranges of the others in, at 6443 of the control plane and at the ports of the gateway of all other machines.',
  gke: '`joined_cidrs` in `infra/gke/envs` names the ranges of the others: the API admits them, and answers in every region then. Contexts of kubectl are those of `gcloud container clusters get-credentials --internal-ip`, on a machine in one of these networks, so that they name that address.',
  'machines-gcp':
    'The private name of each API is known in its own network. Where clusters stand in several, `joined_networks` in `infra/machines/envs` names those of the others, as `projects/PROJECT/global/networks/NAME`: they know it then. The API answers in every region. `joined_cidrs` lets the others in at the gateway where the network is of another project.',
  'openshift-gcp': `The name of each API is known in its own network. Where clusters stand in several, \`joined_networks\` in \`infra/machines/envs\` names those of the others, as \`{ CLUSTER_NAME = "projects/PROJECT/global/networks/NAME" }\`: the names of their APIs are known then, and *github-apply* is DNS Administrator in the projects of these networks. ${BY_BOOTSTRAP} Where the network is of another project, they are let in at the gateway as well.`,
};
