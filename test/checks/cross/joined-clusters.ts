/** Clusters that Cilium joins: numbers and ranges of their own, each way from both ends, one authority. */

import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { parseOnce } from '../parse-once.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, fields } from './fields.ts';
import { overlaps } from './ranges.ts';
import { toldValues } from './told-values.ts';

const PAGE = 'docs/runbooks/clusters.md';
const INSTALLER = 'scripts/install-cilium.sh';
const SHARED = 'platform/cilium/values.yaml';
/** https://docs.cilium.io/en/stable/network/clustermesh/setup/#specify-the-cluster-name-and-id */
const IS_NAME = /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/;
const ADDRESS = 'lbipam.cilium.io/ips';

export const joinedClusters: CrossCheck = {
  code: 'joined-clusters',
  says: 'Clusters that Cilium joins have numbers and ranges of their own, know the way to one another, and share an authority.',
  check: tree => {
    if (!tree.get(PAGE)?.startsWith('# Clusters that Cilium joins')) return [];
    const clusters = clustersIn(tree).map(view => readCluster(tree, view));
    return [
      ...installer(tree),
      ...clusters.flatMap((each, index) => [
        ...alone(each),
        ...clusters.slice(index + 1).flatMap(other => apart(each, other)),
        ...ways(each, clusters, portOf(tree)),
      ]),
    ];
  },
};

interface Joined {
  readonly name: string;
  /** Addresses of the machines that answer; none on hosts of one's own. */
  readonly machines: readonly string[];
  /** Ranges that are let in; nothing of it is said on hosts of one's own. */
  readonly letIn: readonly string[];
  readonly values: unknown;
  readonly setting: (name: string) => string;
}

function readCluster(tree: FileTree, view: ClusterView): Joined {
  const inventory = tree.get(`infra/hosts/${view.name}.conf`) ?? '';
  const tfvars = tree.get(`infra/machines/envs/${view.name}.tfvars.example`);
  return {
    name: view.name,
    machines: tfvars === undefined ? [] : [...inventory.matchAll(SYSTEM)].map(([, address = '']) => address),
    letIn: /^joined_cidrs += \[([^\]]*)\]/m.exec(tfvars ?? '')?.[1]?.match(/[\d./]+/g) ?? [],
    values: toldValues(view, 'cilium'),
    setting: name => new RegExp(`^${name}=(.*)$`, 'm').exec(inventory)?.[1] ?? '',
  };
}

/** The address of a host that carries the platform. */
const SYSTEM = /^[a-z0-9-]+ +([0-9.]+) +[a-z0-9-]+ +system$/gm;

const peersOf = ({ values }: Joined) => fields(at(values, 'clustermesh', 'config', 'clusters'));
const nameOf = ({ values }: Joined) => String(at(values, 'cluster', 'name'));
const addressesOf = ({ machines, setting }: Joined) =>
  machines.length > 0 ? machines : [setting('MESH_ADDRESS')];

function installer(tree: FileTree): readonly Finding[] {
  const text = tree.get(INSTALLER) ?? '';
  const [before = '', install = ''] = text.split('helm install cilium');
  const shared: unknown = parseOnce(tree.get(SHARED) ?? '');
  return [
    ...(/--set cluster\.id="\$CLUSTER_ID"/.test(install)
      ? []
      : [finding(INSTALLER, 'identities are made without the number of the cluster')]),
    ...(before.includes('create secret generic cilium-ca')
      ? []
      : [finding(INSTALLER, 'every cluster makes an authority of its own')]),
    ...(at(shared, 'encryption', 'type') !== 'ipsec' || before.includes('keys="$MESH_AUTHORITY/ipsec-keys"')
      ? []
      : [finding(INSTALLER, 'every cluster makes a key of its own, and packets of the others are not read')]),
    ...(at(shared, 'clustermesh', 'apiserver', 'tls', 'authMode') === 'cluster'
      ? []
      : [finding(SHARED, 'all clusters sign in under one name')]),
  ];
}

function alone({ name, values, setting }: Joined): readonly Finding[] {
  const id = at(values, 'cluster', 'id');
  const told = at(values, 'cluster', 'name');
  const good = typeof id === 'number' && Number.isInteger(id) && id >= 1 && id <= 255;
  return [
    ...(good ? [] : [finding(name, `${String(id)} is no number from 1 to 255`)]),
    ...(setting('CLUSTER_ID') === String(id)
      ? []
      : [finding(name, `is installed as ${setting('CLUSTER_ID')} and delivered to as ${String(id)}`)]),
    ...(told === setting('MESH_NAME')
      ? []
      : [finding(name, `is installed as ${setting('MESH_NAME')} and called ${String(told)}`)]),
    ...(IS_NAME.test(String(told)) ? [] : [finding(name, `${String(told)} is no name that Cilium takes`)]),
  ];
}

function apart(one: Joined, other: Joined): readonly Finding[] {
  const same = (field: string) => at(one.values, 'cluster', field) === at(other.values, 'cluster', field);
  return [
    ...(same('id') ? [finding(one.name, `has the number of ${other.name}`)] : []),
    ...(same('name') ? [finding(one.name, `has the name of ${other.name}`)] : []),
    ...['NODE_CIDR', 'POD_CIDR']
      .filter(range => overlaps(one.setting(range), other.setting(range)))
      .map(range => finding(one.name, `${range} meets that of ${other.name}`)),
  ];
}

/** Where every cluster answers: the port of its balancer, or that of every machine. */
function portOf(tree: FileTree): unknown {
  const service = at(parseOnce(tree.get(SHARED) ?? ''), 'clustermesh', 'apiserver', 'service');
  return at(service, 'type') === 'NodePort' ? at(service, 'nodePort') : 2379;
}

/** On hosts of one's own an address moves to whoever answers. */
function announced({ name, values, setting, machines }: Joined): readonly Finding[] {
  const own = String(at(values, 'clustermesh', 'apiserver', 'service', 'annotations', ADDRESS));
  if (machines.length > 0) return [];
  return [
    ...(own === setting('MESH_ADDRESS')
      ? []
      : [finding(name, `answers at ${own}, and its inventory says ${setting('MESH_ADDRESS')}`)]),
    ...(overlaps(`${own}/32`, setting('LOAD_BALANCER_RANGE'))
      ? []
      : [finding(name, `${own} is none of the addresses that are announced`)]),
  ];
}

/** In a cloud nobody is let in whom a cluster does not name. */
function lets(cluster: Joined, other: Joined): readonly Finding[] {
  const range = other.setting('NODE_CIDR');
  return cluster.machines.length === 0 || cluster.letIn.some(each => overlaps(each, range))
    ? []
    : [finding(cluster.name, `does not let the machines of ${other.name} in`)];
}

function ways(cluster: Joined, clusters: readonly Joined[], port: unknown): readonly Finding[] {
  const peers = Object.entries(peersOf(cluster));
  return [
    ...(peers.length === 0 ? [] : announced(cluster)),
    ...peers.flatMap(([name, peer]) => {
      const other = clusters.find(each => nameOf(each) === name);
      if (other === undefined) return [finding(cluster.name, `is joined to ${name}, which is not there`)];
      return [
        ...(nameOf(cluster) in peersOf(other)
          ? []
          : [finding(cluster.name, `is joined to ${name}, which does not know it`)]),
        ...lets(cluster, other),
        ...(JSON.stringify(peer) === JSON.stringify({ ips: addressesOf(other), port })
          ? []
          : [finding(cluster.name, `looks for ${name} where it does not answer`)]),
      ];
    }),
  ];
}

function finding(place: string, message: string): Finding {
  return { code: 'joined-clusters', place, message };
}
