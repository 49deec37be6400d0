/** Hosts of one's own: a quorum that can lose a rack, addresses that do not meet, and one network that both sides agree on. */
import { parse } from 'yaml';
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { type Inventory, inventoriesIn } from '../hosts.ts';
import { documentsOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';
import { contains, overlaps } from './ranges.ts';

export const ownHosts: CrossCheck = {
  code: 'own-hosts',
  says: 'Hosts of one’s own form a quorum over three racks, their addresses do not meet, and machines and network plugin agree.',
  check: tree => {
    const inventories = inventoriesIn(tree);
    return inventories.length === 0
      ? []
      : [
          ...inventories.flatMap(each => [...quorum(each), ...addresses(each)]),
          ...clustersIn(tree).flatMap(view => agreement(view, inventories)),
          ...machines(tree),
        ];
  },
};

function quorum({ file, hosts }: Inventory): readonly Finding[] {
  const control = hosts.filter(({ role }) => role === 'control-plane').length;
  const roles = [...new Set(hosts.map(({ role }) => role))];
  const named = hosts.flatMap(({ name, address }) => [name, address]);
  return [
    ...(control >= 3 && control % 2 === 1
      ? []
      : [finding(file, `${control} hosts in the control plane form no quorum that can lose one`)]),
    ...roles
      .filter(role => new Set(hosts.filter(each => each.role === role).map(({ rack }) => rack)).size < 3)
      .map(role => finding(file, `hosts of the role ${role} do not stand in three racks`)),
    ...named
      .filter((one, index) => named.indexOf(one) !== index)
      .map(one => finding(file, `${one} stands there twice`)),
  ];
}

function addresses({ file, settings, hosts }: Inventory): readonly Finding[] {
  const {
    NODE_CIDR = '',
    POD_CIDR = '',
    SERVICE_CIDR = '',
    LOAD_BALANCER_RANGE = '',
    API_ADDRESS = '',
    DNS_ADDRESS = '',
  } = settings;
  const ranges = [NODE_CIDR, POD_CIDR, SERVICE_CIDR];
  const fixed = [...hosts.map(({ address }) => address), API_ADDRESS];
  return [
    ...ranges.flatMap((one, index) =>
      ranges
        .slice(index + 1)
        .filter(other => overlaps(one, other))
        .map(other => finding(file, `${one} meets ${other}`)),
    ),
    ...fixed
      .filter(address => !contains(NODE_CIDR, address))
      .map(address => finding(file, `${address} is no address of ${NODE_CIDR}`)),
    ...(hosts.some(({ address }) => address === API_ADDRESS)
      ? [finding(file, `${API_ADDRESS} belongs to a host, so it could not move`)]
      : []),
    ...fixed
      .filter(address => contains(LOAD_BALANCER_RANGE, address))
      .map(address => finding(file, `${address} lies among the addresses of load balancers`)),
    ...(contains(NODE_CIDR, LOAD_BALANCER_RANGE.split('/')[0] ?? '')
      ? []
      : [
          finding(
            file,
            `${LOAD_BALANCER_RANGE} lies outside the network of the hosts, where nobody asks for it`,
          ),
        ]),
    ...(contains(SERVICE_CIDR, DNS_ADDRESS)
      ? []
      : [finding(file, `${DNS_ADDRESS} is no address of ${SERVICE_CIDR}`)]),
  ];
}

/** Manifests and inventory say the same of a cluster. */
function agreement(view: ClusterView, inventories: readonly Inventory[]): readonly Finding[] {
  const inventory = inventories.find(({ cluster }) => cluster === view.name);
  if (inventory === undefined) return [finding(view.name, 'has no inventory of its hosts')];
  const { file, settings } = inventory;
  const pools = view.objects.filter(({ kind }) => kind === 'CiliumLoadBalancerIPPool');
  return [
    ...Object.entries(view.variables)
      .filter(([name, value]) => settings[name] !== value)
      .map(([name, value]) => finding(file, `${name} is ${settings[name]} and not ${value}`)),
    ...pools
      .flatMap(({ spec }) => list(at(spec, 'blocks')))
      .filter(({ cidr }) => cidr !== settings.LOAD_BALANCER_RANGE)
      .map(({ cidr }) =>
        finding(file, `load balancers get ${String(cidr)} and not ${settings.LOAD_BALANCER_RANGE}`),
      ),
  ];
}

/** What machines leave out the plugin must bring, and the other way round. */
function machines(tree: FileTree): readonly Finding[] {
  const values = parse(tree.get('platform/cilium/values.yaml') ?? '') as unknown;
  if (values === null) return [];
  const replaced = at(values, 'kubeProxyReplacement') === true;
  const port = at(values, 'k8sServicePort');
  const [server] = documentsOf(tree.get('infra/rke2/server.yaml') ?? '');
  const [all] = documentsOf(tree.get('infra/talos/all.yaml') ?? '');
  const found = (file: string, right: boolean, message: string) => (right ? [] : [finding(file, message)]);
  return [
    ...(at(values, 'ipam', 'mode') === 'kubernetes'
      ? []
      : [finding('platform/cilium/values.yaml', 'ranges of pods stand in two places')]),
    ...(tree.has('infra/rke2/server.yaml')
      ? [
          ...found('infra/rke2/server.yaml', at(server, 'cni') === 'none', 'brings a second network plugin'),
          ...found(
            'infra/rke2/server.yaml',
            (at(server, 'disable-kube-proxy') === true) === replaced,
            'kube-proxy and its replacement: one of them, and not both or none',
          ),
          ...found('infra/rke2/server.yaml', port === 6443, 'agents look for the API server elsewhere'),
        ]
      : []),
    ...(tree.has('infra/talos/all.yaml')
      ? [
          ...found(
            'infra/talos/all.yaml',
            at(all, 'cluster', 'network', 'cni', 'name') === 'none',
            'brings a second network plugin',
          ),
          ...found(
            'infra/talos/all.yaml',
            (at(all, 'cluster', 'proxy', 'disabled') === true) === replaced,
            'kube-proxy and its replacement: one of them, and not both or none',
          ),
          ...found(
            'infra/talos/all.yaml',
            at(all, 'machine', 'features', 'kubePrism', 'port') === port,
            'agents look for the API server elsewhere',
          ),
        ]
      : []),
  ];
}

function finding(place: string, message: string): Finding {
  return { code: 'own-hosts', place, message };
}
