/** Hosts of one's own: a quorum that can lose a rack, addresses that do not meet, and one network that both sides agree on. */

import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { type Inventory, inventoriesIn } from '../hosts.ts';
import { parseOnce } from '../parse-once.ts';
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
          ...clustersIn(tree).flatMap(view => agreement(tree, view, inventories)),
          ...machines(tree),
          ...resolver(tree),
          ...exempted(tree),
        ];
  },
};

const METRICS = 'platform/kube-prometheus-stack/network-policies.yaml';

const TALOS_CONTROL_PLANE = 'infra/talos/control-plane.yaml';

/** Lists of a patch come behind those that `talosctl gen config` writes, and nothing may stand in them twice (siderolabs/talos#14397). */
function exempted(tree: FileTree): readonly Finding[] {
  const [patch] = documentsOf(tree.get(TALOS_CONTROL_PLANE) ?? '');
  return list(at(patch, 'cluster', 'apiServer', 'admissionControl')).some(plugin =>
    JSON.stringify(at(plugin, 'configuration', 'exemptions') ?? '').includes('"kube-system"'),
  )
    ? [finding(TALOS_CONTROL_PLANE, 'the API server does not start: kube-system is exempted twice')]
    : [];
}

/** RKE2 with its CIS profile lets pods outside kube-system ask the resolver for names, and nothing else (pkg/rke2/np.go). */
function resolver(tree: FileTree): readonly Finding[] {
  const policies = tree.get(METRICS);
  if (policies === undefined || !/^profile: cis$/m.test(tree.get('infra/rke2/server.yaml') ?? '')) return [];
  const ports = documentsOf(policies)
    .filter(object => at(object, 'spec', 'podSelector', 'matchLabels', 'k8s-app') === 'kube-dns')
    .flatMap(object => list(at(object, 'spec', 'ingress')))
    .flatMap(rule => list(at(rule, 'ports')).map(port => at(port, 'port')));
  return ports.includes(9153)
    ? []
    : [finding(METRICS, 'RKE2 keeps Prometheus from the metrics of the resolver')];
}

function quorum({ file, hosts }: Inventory): readonly Finding[] {
  const control = hosts.filter(({ role }) => role === 'control-plane').length;
  // Hosts with Windows are counted by a check of their own.
  const roles = [...new Set(hosts.map(({ role }) => role))].filter(role => role !== 'windows');
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
  // In AWS a name alone leads to the API: its load balancer has an address in each zone.
  const fixed = [...hosts.map(({ address }) => address), API_ADDRESS].filter(address => address !== '');
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
      .filter(address => LOAD_BALANCER_RANGE !== '' && contains(LOAD_BALANCER_RANGE, address))
      .map(address => finding(file, `${address} lies among the addresses of load balancers`)),
    ...(LOAD_BALANCER_RANGE === '' || contains(NODE_CIDR, LOAD_BALANCER_RANGE.split('/')[0] ?? '')
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

/** Manifests and inventory say the same of a cluster; what machines of a cloud are called there its infrastructure says as well. */
function agreement(tree: FileTree, view: ClusterView, inventories: readonly Inventory[]): readonly Finding[] {
  const inventory = inventories.find(({ cluster }) => cluster === view.name);
  if (inventory === undefined) return [finding(view.name, 'has no inventory of its hosts')];
  const { file, settings } = inventory;
  const pools = view.objects.filter(({ kind }) => kind === 'CiliumLoadBalancerIPPool');
  return [
    ...Object.entries(view.variables)
      .filter(
        ([name, value]) =>
          settings[name] !== value &&
          (settings[name] !== undefined || !tree.has('infra/machines/outputs.tf')),
      )
      .map(([name, value]) => finding(file, `${name} is ${settings[name]} and not ${value}`)),
    ...pools
      .flatMap(({ spec }) => list(at(spec, 'blocks')))
      .filter(({ cidr }) => cidr !== settings.LOAD_BALANCER_RANGE)
      .map(({ cidr }) =>
        finding(file, `load balancers get ${String(cidr)} and not ${settings.LOAD_BALANCER_RANGE}`),
      ),
  ];
}

/** How the hosts of a distribution say what they leave to the plugin. */
interface Machines {
  readonly file: string;
  readonly leavesNetwork: (told: unknown, tree: FileTree) => boolean;
  readonly runsKubeProxy: (told: unknown) => boolean;
  /** Where agents on any node find the API server. */
  readonly port: (told: unknown) => unknown;
}
const MACHINES: readonly Machines[] = [
  {
    file: 'infra/rke2/server.yaml',
    // Beside Windows it brings Calico, which it is told of in a file of its own.
    leavesNetwork: (told, tree) =>
      at(told, 'cni') === (tree.has('infra/rke2/calico.yaml') ? 'calico' : 'none'),
    runsKubeProxy: told => at(told, 'disable-kube-proxy') !== true,
    port: () => 6443,
  },
  {
    file: 'infra/k3s/server.yaml',
    leavesNetwork: told =>
      at(told, 'flannel-backend') === 'none' && at(told, 'disable-network-policy') === true,
    runsKubeProxy: told => at(told, 'disable-kube-proxy') !== true,
    port: () => 6444,
  },
  {
    file: 'infra/kubeadm/cluster.yaml',
    leavesNetwork: () => true,
    runsKubeProxy: told => at(told, 'proxy', 'disabled') !== true,
    port: () => 6443,
  },
  {
    file: 'infra/talos/all.yaml',
    leavesNetwork: told => at(told, 'cluster', 'network', 'cni', 'name') === 'none',
    runsKubeProxy: told => at(told, 'cluster', 'proxy', 'disabled') !== true,
    port: told => at(told, 'machine', 'features', 'kubePrism', 'port'),
  },
];

/** What machines leave out the plugin must bring, and the other way round. */
function machines(tree: FileTree): readonly Finding[] {
  const cilium = 'platform/cilium/values.yaml';
  const values = parseOnce(tree.get(cilium) ?? '') as unknown;
  const replaced = at(values, 'kubeProxyReplacement') === true;
  const local = [...tree]
    .filter(([file, text]) => file.startsWith('platform') && /externalTrafficPolicy: Local/.test(text))
    .map(([file]) => file);
  return [
    ...(at(values, 'l2announcements', 'enabled') === true ? local : []).map(file =>
      finding(file, 'a host may answer that has no pod to hand the request to'),
    ),
    ...found(
      cilium,
      values === null || at(values, 'ipam', 'mode') === 'kubernetes',
      'ranges of pods stand in two places',
    ),
    ...MACHINES.filter(({ file }) => tree.has(file)).flatMap(
      ({ file, leavesNetwork, runsKubeProxy, port }) => {
        const [told] = documentsOf(tree.get(file) ?? '');
        return [
          ...found(file, leavesNetwork(told, tree), 'brings a second network plugin'),
          ...found(
            file,
            runsKubeProxy(told) !== replaced,
            'kube-proxy and its replacement: one of them, and not both or none',
          ),
          ...found(
            file,
            values === null || at(values, 'k8sServicePort') === port(told),
            'agents look for the API server elsewhere',
          ),
          ...readByApiServer(tree, file),
        ];
      },
    ),
    ...kubelets(tree),
  ];
}

/** Files that the API server is to read lie beside what tells it so, and come onto the host with it. */
function readByApiServer(tree: FileTree, file: string): readonly Finding[] {
  const text = tree.get(file) ?? '';
  const folder = file.slice(0, file.lastIndexOf('/'));
  const named = [...text.matchAll(/\/etc\/(?:rancher\/\w+|kubernetes\/platform)\/([\w-]+\.yaml)/g)];
  const missing = [...new Set(named.map(([, name = '']) => name))].filter(
    name => !tree.has(`${folder}/${name}`),
  );
  const guards = ['talos'].some(one => folder.endsWith(one))
    ? []
    : ([
        ['what it records', /audit-policy/],
        ['what pods may be', /pod-security/],
        ['how Secrets are encrypted', /secrets-encryption: true|encryption-provider-config/],
      ] as const);
  return [
    ...missing.map(name => finding(file, `the API server is to read ${name}, which no host gets`)),
    ...guards
      .filter(([, told]) => !told.test(text))
      .map(([what]) => finding(file, `the API server is not told ${what}`)),
  ];
}

/** Kubelets that ask the cluster for a certificate need somebody who grants it, and are checked by it then. */
function kubelets(tree: FileTree): readonly Finding[] {
  const file = 'infra/kubeadm/cluster.yaml';
  if (!tree.has(file)) return [];
  const asks = documentsOf(tree.get(file) ?? '').some(each => at(each, 'serverTLSBootstrap') === true);
  const blind = (tree.get('platform/metrics-server/values.yaml') ?? '').includes('insecure');
  return [
    ...found(
      file,
      asks === tree.has('platform/kubelet-csr-approver/values.yaml'),
      'kubelets ask for certificates that nobody grants, or nobody asks',
    ),
    ...found(
      'platform/metrics-server/values.yaml',
      asks !== blind,
      'the certificates of kubelets go unchecked',
    ),
  ];
}

function found(file: string, right: boolean, message: string): readonly Finding[] {
  return right ? [] : [finding(file, message)];
}

function finding(place: string, message: string): Finding {
  return { code: 'own-hosts', place, message };
}
