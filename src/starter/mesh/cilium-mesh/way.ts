/** What has to be true between clusters that Cilium joins: parts of the page of the clusters. */
import { joinsMachines, NODE_PORT } from '../../cni/cilium/joined-clusters.ts';
import { encryptionOf } from '../../cni/cilium/values.ts';
import type { ModuleInput } from '../../module.ts';
import { connected, throughHouse } from '../joined/connected.ts';

const encrypted = (input: ModuleInput): string =>
  encryptionOf(input) === 'ipsec' ? 'ESP (protocol 50)' : 'UDP 51871';

/** How their hosts reach one another, and that their ranges are their own. */
export function wayBetweenHosts(input: ModuleInput): string {
  return joinsMachines(input) ? betweenNetworks(input) : withinHouse(input);
}

function withinHouse(input: ModuleInput): string {
  return `- Hosts of joined clusters reach one another by the network of the house: UDP 8472 and ${encrypted(input)} between all hosts, TCP 4240 and 4244 and ICMP
  for the checks of Cilium and for Hubble, and TCP 2379 from all hosts to \`MESH_ADDRESS\` of the others. Nothing of it is let in from outside the house.
- \`NODE_CIDR\`, \`POD_CIDR\` and \`LOAD_BALANCER_RANGE\` of no two clusters meet, also not of clusters that are joined later.`;
}

function betweenNetworks(input: ModuleInput): string {
  return `${connected(input, 'Machines call one another at addresses within them')}

| From | To | Port |
| --- | --- | --- |
| All machines of each cluster | All machines of the others | UDP 8472, ${encrypted(input)}, TCP 4240 and 4244, ICMP |
| All machines of each cluster | Machines of the role \`system\` of the others | TCP ${NODE_PORT} |

${[
  '- `joined_cidrs` in `infra/machines/envs` names the ranges of the others: their machines are let in at these ports, and nothing else is.',
  ...throughHouse(input),
].join('\n')}
- Clusters look for one another at the addresses that the inventories give to machines of the role \`system\`: they stay when a machine is made anew.
- \`NODE_CIDR\` and \`POD_CIDR\` of no two clusters meet, also not of clusters that are joined later.`;
}

/** How one tries it before two clusters are joined. */
export function triedBetween(input: ModuleInput): string {
  return joinsMachines(input)
    ? `from a machine of one, \`nc -vz ADDRESS ${NODE_PORT}\` with the address of a machine of the role \`system\` of the other, and \`nc -vzu ADDRESS 8472\``
    : 'from a host of one, `nc -vz MESH_ADDRESS 2379` of the other, and `nc -vzu HOST 8472`';
}

/** What is wrong where a cluster is not found: sentences. */
export function notFound(input: ModuleInput): string {
  return joinsMachines(input)
    ? `*connection refused*: \`kubectl -n kube-system get pods -l k8s-app=clustermesh-apiserver\` there. *certificate signed by unknown authority*: the two do
  not share one. *timeout*: \`joined_cidrs\` there, or what connects the networks.`
    : `*connection refused*: \`kubectl -n kube-system get service
  clustermesh-apiserver\` there has another address than Git says here. *certificate signed by unknown authority*: the two do not share one. *timeout*: the
  network between the halls.`;
}
