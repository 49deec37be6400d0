/** docs/runbooks/way-out.md: what is let through, who keeps it, and what to do when something does not pass. */
import { markdownCell, markdownCode } from '../../../files/markdown.ts';
import { folderOf, isOwnControlPlane } from '../../control-plane/eks/trust.ts';
import type { ModuleInput } from '../../module.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { PROXY_URL } from '../proxy/settings.ts';
import type { Destination } from './destinations.ts';
import { wayOut } from './way.ts';

export function pageOf(
  input: ModuleInput,
  list: readonly Destination[],
  unlisted: readonly string[],
): string {
  const rows = list.map(
    ({ host, port, for: why }) => `| ${markdownCode(host)} | ${port} | ${markdownCell(why.join(', '))} |`,
  );
  return `${route(input)}

What has to be let through, as [destinations.txt](../../destinations.txt) has it for whoever writes the rules:

| Host | Port | For |
| --- | --- | --- |
${rows.join('\n')}

\`*.\` stands for one label or more. Clocks of machines are set by the cloud or by servers of the house, not from here. What your own
workloads call is not in the list: add it, with the name of the workload, in the same pull request that makes the call.
${unlisted.length === 0 ? '' : `\nWhom these call is decided by their users and cannot be listed: ${unlisted.map(each => markdownCode(each)).join(', ')}.\n`}
## Before the first apply

On a machine in the network of the nodes:

\`\`\`sh
${wayOut(input) === 'proxy' ? `HTTPS_PROXY=${PROXY_URL} ` : ''}scripts/check-way-out.sh
\`\`\`

Every line says *ok*. Nodes that cannot fetch their first images never become ready, and nothing in the cluster can say why.

## A new destination

1. A line in \`destinations.txt\` and a row above, as exact as they can be, in a pull request that says who needs it.
2. Whoever keeps the border lets it through; \`scripts/check-way-out.sh\` shows that it is.
3. Then the change that needs it. After an update of a chart or an image look whether its publisher has moved.

## Something does not come

1. *has no address here*: names of the outside are not resolved. The resolver of the network has to pass them on.
2. *is not reached*: the border refuses it. Its log names the host; the address of the node or the pod is what it came from.
3. *a certificate that is not trusted*: TLS is opened on the way. Registries and the API of the cloud have to be left alone, or every
   machine and every image has to trust the authority of the border.
4. From a pod and not from a node: a network policy. \`docs/runbooks/network-denied.md\` shows what was refused.
${inbound(input)}`;
}

/** Of which route it is a matter. */
function route(input: ModuleInput): string {
  const cloud = String(answerOf(input.stack, 'cloud'));
  if (wayOut(input) === 'proxy') return `${PROXY}\n\n${howTold(input, cloud)}`;
  const given = pickOf(input.stack, 'network') === 'existing-network';
  if (cloud === 'on-prem')
    return `Everything that leaves passes the firewall of the house. The route there is the network's own: hosts and pods, which leave under the addresses of
their hosts, follow the default route that the network gives them. Nothing in this repository changes it.`;
  if (given)
    return `Everything that leaves passes the firewall of the house. The network is given, and its owner keeps the route: \`0.0.0.0/0\` of the subnets of the
nodes leads to the firewall. That it leads nowhere else is checked where the cloud can say it.`;
  if (cloud === 'gcp') return routeOnGoogle(isOwnControlPlane(input) ? 'infra/machines' : 'infra/gke');
  return cloud === 'aws' ? routeOnAws(folderOf(input)) : (ROUTES[cloud] ?? '');
}

const routeOnAws = (
  folder: string,
) => `Everything that leaves passes the firewall of the house. The network is attached to its Transit Gateway (\`${folder}/network.tf\`), and the default
route of the nodes leads there; there are no NAT gateways. Three things are done on the other side, once for each cluster:

1. The attachment is accepted, where the gateway does not do so by itself. Until then the apply waits at the routes.
2. It is put into a route table of the gateway that leads to the firewall.
3. That of the firewall has the range of the cluster, so that answers find their way back.

Services of AWS that the cluster asks for all the time are reached by endpoints in the network (\`${folder}/endpoints.tf\`) and never come to
the firewall; they stand in the list because a machine that has lost its endpoints needs them.`;

const ROUTES: Readonly<Record<string, string>> = {
  azure: `Everything that leaves passes the firewall of the house. The route table of the nodes sends it to \`firewall_address\`; the network has to be peered
with that of the firewall, in both directions and with forwarded traffic allowed, before the first node is made.`,
};

const routeOnGoogle = (
  folder: string,
) => `Everything that leaves passes the firewall of the house. The network has no route of its own to the internet and no Cloud NAT: it is peered with the
network of the house (\`${folder}/network.tf\`) and takes over its default route, whose next hop is the load balancer before the firewall.
On the other side, once for each cluster:

1. The peering back, with \`export_custom_routes\`. Until it is there the peering is *INACTIVE* and nothing leaves.
2. The default route of the house is a static one without network tags: a route with tags is not handed over.
3. The firewall knows the ranges of nodes and pods, so that answers find their way back.

The API of Google is reached at \`private.googleapis.com\` by a route and names of its own, and never comes to the firewall.`;

const PROXY = `Everything that leaves passes the proxy of the house, and pods reach no other address outside. The proxy is told of in three places:

- Nodes and hosts, which fetch images.
- Components that call out, as \`HTTPS_PROXY\` and \`NO_PROXY\` in their values; Alertmanager in its own settings.
- Workloads: each namespace of a team has the ConfigMap \`proxy\`. A pod takes it over with
  \`envFrom: [{configMapRef: {name: proxy}}]\`, and needs a policy to \`PROXY_RANGE\` at the port of the proxy. A program that does not read
  these variables has no way out, and neither has anything that is not HTTP.

The address of the proxy, its range and what is reached without it are \`PROXY_URL\`, \`PROXY_RANGE\` and \`NO_PROXY\` of each cluster. The proxy lets
clients in without a password, by the addresses that they come from: a password would stand in every pod.`;

const onNodesOfEks = 'Nodes are told by `infra/eks/proxy.tf`.';
const onMachines =
  'Machines are told by their inventory: at their first boot by OpenTofu, later by `scripts/host-config.sh`.';
const onOpenshift =
  'OpenShift tells machines and operators itself, as its installer read it (`proxy` in `infra/openshift/install-config.yaml`); a change later is one of `proxy/cluster` (`oc edit proxy/cluster`), for which machines restart one by one, and one of the values beside it.';

/** Who tells nodes and machines. */
function toldBy(input: ModuleInput): string {
  if (pickOf(input.stack, 'distribution') === 'openshift') return onOpenshift;
  return isOwnControlPlane(input) ? onMachines : onNodesOfEks;
}

const proxyOnAws = (
  input: ModuleInput,
) => `The network is attached to the Transit Gateway of the house (\`${folderOf(input)}/network.tf\`), with a route to the range of the proxy and no other: there are
no NAT gateways. The owner of the gateway accepts the attachment and leads its route table to the proxy, and back to the range of the cluster.
Services of AWS that answer within the network (\`${folderOf(input)}/endpoints.tf\`; in a network that is given its owner has them) are in \`NO_PROXY\`; Route 53 and IAM have
no such address and go through the proxy. The list has the former as well, for machines without these endpoints. ${toldBy(input)}`;

const proxyOnGoogle = (
  input: ModuleInput,
) => `${pickOf(input.stack, 'network') === 'existing-network' ? GIVEN_BY_GOOGLE : ROUTED_BY_HOUSE}
The API of Google and its registries are reached at \`private.googleapis.com\` and are in \`NO_PROXY\`; the list has them as well, for machines without these names. ${toldBy(input)}`;

const ROUTED_BY_HOUSE = `The network has no route of its own to the internet and no Cloud NAT: it is peered with the network of the house (\`infra/machines/network.tf\`) and takes over
its routes, by one of which the proxy is reached. The house peers back, with \`export_custom_routes\`, and until it does nothing leaves; the proxy answers the range of the machines.`;
const GIVEN_BY_GOOGLE =
  'The network is given: its owner leads it to the proxy, and names of Google to the addresses by which that is reached without one.';

const PROXY_ON_HOSTS = `\`scripts/host-config.sh\` writes the settings of the hosts from the inventory. What the house runs itself is called past the proxy: its names are in
\`NO_PROXY\`, and policies of those that call it let them into the private ranges.`;

/** Where answers to requests from outside would leave by the firewall, which has never seen the question. */
function inbound({ stack }: ModuleInput): string {
  const cloud = String(answerOf(stack, 'cloud'));
  const ownMachines =
    pickOf(stack, 'control-plane') === 'self-managed' && pickOf(stack, 'distribution') !== 'openshift';
  if (cloud !== 'gcp' && (ownMachines || cloud !== 'azure')) return '';
  if (cloud === 'gcp' && pickOf(stack, 'edge') === 'gateway-cloud') return '';
  return `
## Requests from outside

A load balancer of the cloud hands a request to a node with the address of its sender, and the answer follows the default route: past the load
balancer, to a firewall that has never seen the question and drops it. So requests enter where they leave: the load balancer of the gateway has
an address within the network, and the firewall publishes it under an address of its own, with its own address as the sender's.
Names of the platform lead to that public address.
`;
}

const BY_AKS = `AKS tells nodes and pods itself (\`http_proxy_config\` in \`infra/aks/cluster.tf\`, \`infra/aks/proxy.tf\`): it puts the variables into every pod but those with the
annotation \`kubernetes.azure.com/no-http-proxy-vars: "true"\`, add-ons of Azure among them. A change makes all nodes anew, one after the other.`;
const ROUTED_IN_AZURE = `The default route of the nodes leads to \`firewall_address\`, where what knows nothing of the proxy is refused; the network is peered with that of both, in both directions, before
the first node is made.`;
const GIVEN_BY_AZURE =
  'The network is given, and its owner leads it: to the proxy, and what knows nothing of that to a border that refuses it.';
const proxyOnAzure = (input: ModuleInput) => `${isOwnControlPlane(input) ? toldBy(input) : BY_AKS}
${pickOf(input.stack, 'network') === 'existing-network' ? GIVEN_BY_AZURE : ROUTED_IN_AZURE} The storage account and the vault of the cluster are called through the proxy as well: they answer its public addresses (\`proxy.addresses\`), and where it stands in
the same region of Azure, whose storage sees no public address of it, its subnets (\`proxy.subnet_ids\`).`;

function howTold(input: ModuleInput, cloud: string): string {
  if (cloud === 'aws') return proxyOnAws(input);
  if (cloud === 'gcp') return proxyOnGoogle(input);
  return cloud === 'azure' ? proxyOnAzure(input) : PROXY_ON_HOSTS;
}
