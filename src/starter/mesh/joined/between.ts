/** What has to be true between joined clusters before they reach one another: parts of the page of the clusters. */
import type { ModuleInput } from '../../module.ts';
import { answerOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { apiPort } from './edges.ts';
import { joinedClusters, wayBetween } from './way.ts';

/** A table of the clusters, and who is joined to whom. */
export function tableOfClusters(input: ModuleInput): string {
  const joined = joinedClusters(input);
  const rows = input.clusters.map(({ name, environment, vpcCidr }) => {
    const peers = joined.filter(each => each.environment === environment && each.name !== name);
    return `| \`${name}\` | ${vpcCidr} | ${peers.length === 0 ? 'none' : peers.map(each => `\`${each.name}\``).join(', ')} |`;
  });
  return `| Cluster | Network | Joined to |
| --- | --- | --- |
${rows.join('\n')}

Clusters of another environment are joined to none of these: a test must not reach what users are served by.`;
}

/** `ports` are those of the gateways, and `values` the component whose values name who may come. */
export function wayPage(input: ModuleInput, ports: string, values: string): string {
  const cloud = String(answerOf(input.stack, 'cloud'));
  const api = `TCP ${apiPort(input)}`;
  switch (wayBetween(input)) {
    case 'internet':
      return `The networks of the clusters lead to no other one, so they meet at public addresses, and no address but theirs is let in:

- The gateways are public load balancers (${ports}) and admit the addresses by which the other clusters leave: \`${TOKENS.meshPeers}\` in the patch
  of \`${values}\` in \`clusters/NAME\`. Every connection is mutual TLS; who has no certificate of a joined cluster gets no further.
- The APIs (${api}) admit the same addresses: they belong into \`api_allowed_cidrs\` of each cluster beside those of people and pipelines.
- ${LEAVING[cloud] ?? ''} They stay the same for as long as the network is there.`;
    case 'routed':
      return `\`infra\` makes a network for each cluster, and none of them leads to another one. Gateways and APIs have addresses within them, so these networks are
connected first: ${CONNECTED[cloud] ?? ''} The ranges of the table do not meet, so routes between them are enough.

- From each network to each other one of the environment: ${ports} to the gateways, ${api} to the API.
- The balancers of the gateways admit the ranges of the other networks: \`clusters/NAME\` says which.
${OPEN[cloud] ?? ''}
- Until that is done the alert *ClusterOutOfReach* says so, and nothing within a cluster is touched.`;
    default:
      return `Their hosts reach one another by the network of the house: ${ports} to the gateways, ${api} to the API. The gateways have addresses of \`LOAD_BALANCER_RANGE\`,
and admit the networks of the other clusters; nothing of it is let in from outside the house.`;
  }
}

const LEAVING: Readonly<Record<string, string>> = {
  aws: 'The addresses are those of the NAT gateways, one for each zone: `aws ec2 describe-nat-gateways --region REGION --query "NatGateways[].NatGatewayAddresses[].PublicIp"`.',
  azure:
    'The addresses are those of the prefix that the cluster leaves by: `az network public-ip prefix show --resource-group GROUP --name CLUSTER-outbound --query ipPrefix`.',
};

const CONNECTED: Readonly<Record<string, string>> = {
  aws: 'by a peering of the VPCs (between two), or by a Transit Gateway in each region and a peering of these (between more), with routes in the tables of the private subnets at both ends.',
  azure: 'by a peering of the virtual networks from both ends, which works across regions as well.',
};

const OPEN: Readonly<Record<string, string>> = {
  aws: '- The security group of the API of each cluster admits the ranges of the others; the name of a private API gives its addresses within the network to whoever asks.',
  azure:
    '- The private DNS zone of each API is linked with the networks of the others, or its name is not found there.',
};
