/** What has to be true between joined clusters before they reach one another: parts of the page of the clusters. */
import { needsTunnel, REACH_API } from '../../api-exposure/access.ts';
import type { ModuleInput } from '../../module.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { connected, opened, throughHouse } from './connected.ts';
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
- ${leaving(input, cloud)} They stay the same for as long as the network is there.`;
    case 'routed':
      return `${connected(input)}

| From | To | Port |
| --- | --- | --- |
| The range of each cluster | The gateway of each other one of the environment, an address within its range | ${ports} |
| The range of each cluster | The API of each other one, an address within its range | ${api} |

- The balancers of the gateways admit the ranges of the other networks: \`clusters/NAME\` says which.
${[opened(input), ...throughHouse(input)].join('\n')}
- Until that is done the alert *ClusterOutOfReach* says so, and nothing within a cluster is touched.`;
    default:
      return `Their hosts reach one another by the network of the house: ${ports} to the gateways, ${api} to the API. The gateways have addresses of \`LOAD_BALANCER_RANGE\`,
and admit the networks of the other clusters; nothing of it is let in from outside the house. The resolver of the house knows the name of each API.`;
  }
}

/** Where one reads by which addresses a cluster leaves: a sentence. */
function leaving({ stack }: ModuleInput, cloud: string): string {
  if (cloud !== 'azure')
    return 'The addresses are those of the NAT gateways: `aws ec2 describe-nat-gateways --region REGION --query "NatGateways[].NatGatewayAddresses[].PublicIp"`.';
  return pickOf(stack, 'control-plane') === 'self-managed'
    ? 'The addresses are those of the NAT gateways: `az network public-ip list --resource-group CLUSTER_NAME --query "[?contains(name, \'-outbound-\')].ipAddress"`.'
    : 'The addresses are those of the prefix that the cluster leaves by: `az network public-ip prefix list --query "[?name==\'CLUSTER_NAME-outbound\'].ipPrefix"`.';
}

/** What has to be open before scripts/join-clusters.sh is run: a sentence; empty where nothing has. */
export function throughTunnels(input: ModuleInput): string {
  const [first, second = first] = joinedClusters(input);
  return needsTunnel(input)
    ? `Keep \`${REACH_API}\` open for each, in terminals of their own and at ports of their own (\`${REACH_API} ${first?.name ?? ''} 8443\`, \`${REACH_API} ${second?.name ?? ''} 8444\`).`
    : '';
}
