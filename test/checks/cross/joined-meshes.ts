/** Clusters that a mesh joins by gateways: each knows the others of its environment, trusts what they trust, and is let in there. */
import { parse } from 'yaml';
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, fields, list, selects } from './fields.ts';
import { isMarked, type MeshKind, meshOf } from './mesh-rules.ts';
import { contains, isRange } from './ranges.ts';
import { toldValues } from './told-values.ts';

const SCRIPT = 'scripts/join-clusters.sh';
const PAGE = 'docs/runbooks/clusters.md';
const MULTICLUSTER = 'linkerd-multicluster';
/** Where proxies of Linkerd meet, and where one asks whether a gateway answers. */
const GATEWAY_PORTS = [4143, 4191];
const EAST_WEST = 'istio-eastwest';
const CROSSING = 15443;
const NETWORK = 'topology.istio.io/network';

export const joinedMeshes: CrossCheck = {
  code: 'joined-meshes',
  says: 'Clusters that a mesh joins know one another, share trust without sharing keys, and are let in where they call.',
  check: tree => {
    if (!tree.has(SCRIPT)) return [];
    const views = clustersIn(tree);
    const environments = environmentsIn(tree);
    const named = environments.flat();
    return [
      ...named
        .filter(name => !views.some(view => view.name === name))
        .map(name => finding(SCRIPT, `joins ${name}, which is not there`)),
      ...views.flatMap(view => {
        const peers = environments.find(names => names.includes(view.name)) ?? [];
        const others = peers.filter(name => name !== view.name);
        const says = meshOf(view) === 'linkerd' ? linkerd(tree, view, others) : istio(tree, view, others);
        return says.map(each => finding(view.name, each));
      }),
      ...(views.some(view => meshOf(view) === 'linkerd')
        ? credentials(tree.get(SCRIPT) ?? '')
        : [...networks(views), ...authorities(tree)]),
    ];
  },
};

/** Networks of clusters that are joined, which policies may name. */
export function joinedNetworks(tree: FileTree): readonly string[] {
  return tree.has(SCRIPT) ? [...networksIn(tree).values()] : [];
}

function environmentsIn(tree: FileTree): readonly (readonly string[])[] {
  return [...(tree.get(SCRIPT) ?? '').matchAll(/^ {2}\S+\) clusters=\((.*)\) ;;$/gm)].map(([, names = '']) =>
    names.split(' '),
  );
}

function networksIn(tree: FileTree): ReadonlyMap<string, string> {
  const rows = (tree.get(PAGE) ?? '').matchAll(/^\| `([^`]+)` \| (\S+) \|/gm);
  return new Map([...rows].map(([, name = '', range = '']) => [name, range]));
}

function linkerd(tree: FileTree, view: ClusterView, others: readonly string[]): readonly string[] {
  const values = toldValues(view, MULTICLUSTER);
  const wanted = list(at(values, 'controllers')).map(each => String(at(each, 'link', 'ref', 'name')));
  const ranges = at(values, 'gateway', 'loadBalancerSourceRanges');
  const sources = Array.isArray(ranges) ? ranges.map(String) : [];
  return [
    ...others.filter(name => !wanted.includes(name)).map(name => `does not look for ${name}`),
    ...wanted
      .filter(name => !others.includes(name))
      .map(name => `looks for ${name}, which it is not joined to`),
    ...(at(values, 'gateway', 'enabled') === others.length > 0 ? [] : ['has a gateway for nobody, or none']),
    ...openness(others, sources),
    ...(others.length === 0
      ? []
      : [
          ...trust(tree, view),
          ...wayIn(view, MULTICLUSTER, { app: 'linkerd-gateway' }, GATEWAY_PORTS),
          ...waysOut(tree, view, others, 'linkerd', 4143),
        ]),
  ];
}

/** What the script brings carries the label by which the bundle is made, as the own anchor does. */
function trust(tree: FileTree, { objects }: ClusterView): readonly string[] {
  const script = tree.get(SCRIPT) ?? '';
  const [, label = ''] = /label --local -f - (\S+)/.exec(script) ?? [];
  const [key = '', value = ''] = label.split('=');
  const bundled = objects
    .filter(({ kind }) => kind === 'Bundle')
    .flatMap(({ spec }) => list(at(spec, 'sources')))
    .some(source => at(source, 'secret', 'selector', 'matchLabels', key) === value);
  const anchored = objects.some(
    ({ kind, spec }) => kind === 'Certificate' && at(spec, 'secretTemplate', 'labels', key) === value,
  );
  return bundled && anchored ? [] : ['the anchors of other clusters are not trusted'];
}

function openness(others: readonly string[], sources: readonly string[]): readonly string[] {
  const isOpen = others.length > 0 && (sources.length === 0 || sources.includes('0.0.0.0/0'));
  return isOpen ? ['its gateway lets everybody in'] : [];
}

function istio(tree: FileTree, view: ClusterView, others: readonly string[]): readonly string[] {
  const told = toldValues(view, EAST_WEST);
  const shared: unknown = parse(tree.get('platform/istio/values.yaml') ?? '');
  const [settings] = list(at(shared, 'meshConfig', 'serviceSettings'));
  const handedOn = view.objects.some(
    ({ kind, metadata, spec }) =>
      kind === 'Gateway' &&
      metadata.namespace === EAST_WEST &&
      list(at(spec, 'servers')).some(
        server =>
          at(server, 'tls', 'mode') === 'AUTO_PASSTHROUGH' && at(server, 'port', 'number') === CROSSING,
      ),
  );
  const ranges = at(told, 'service', 'loadBalancerSourceRanges');
  return [
    ...(at(settings, 'settings', 'clusterLocal') === true && String(at(settings, 'hosts')) === '*'
      ? []
      : ['services of other clusters are called unless somebody says no']),
    ...(handedOn ? [] : ['its gateway opens what it is to hand on']),
    ...(others.length === 0
      ? []
      : [
          ...openness(others, Array.isArray(ranges) ? ranges.map(String) : []),
          ...wayIn(view, EAST_WEST, { istio: 'eastwest' }, [CROSSING]),
          ...waysOut(tree, view, others, 'sidecar', CROSSING),
        ]),
  ];
}

/** Where two clusters were one network, proxies would look for pods of the other at addresses that lead nowhere. */
function networks(views: readonly ClusterView[]): readonly Finding[] {
  const names = views.map(view => {
    const home = view.objects.find(
      ({ kind, metadata }) => kind === 'Namespace' && metadata.name === 'istio-system',
    );
    const told = toldValues(view, 'istio');
    return {
      cluster: view.name,
      all: [
        home?.metadata.labels?.[NETWORK],
        at(told, 'global', 'network'),
        at(told, 'global', 'multiCluster', 'clusterName'),
        at(toldValues(view, EAST_WEST), 'labels', NETWORK),
      ].map(String),
    };
  });
  return names.flatMap(({ cluster, all: [first = '', ...others] }, index) => [
    ...(others.every(each => each === first)
      ? []
      : [finding(cluster, `is the network ${[first, ...others].join(', ')} to its parts`)]),
    ...names
      .slice(index + 1)
      .filter(({ all }) => all[0] === first)
      .map(other => finding(cluster, `is one network with ${other.cluster}`)),
  ]);
}

function authorities(tree: FileTree): readonly Finding[] {
  const made = tree.get('scripts/mesh-authority.sh') ?? '';
  const asks = /\[ "\$\(root_of "\$here"\)" = "\$\(root_of "\$there"\)" \]/.test(tree.get(SCRIPT) ?? '');
  return [
    ...(/create secret generic cacerts/.test(made) && /-CA "\$MESH_AUTHORITY\/root-cert\.pem"/.test(made)
      ? []
      : [finding('scripts/mesh-authority.sh', 'every cluster makes a root of its own')]),
    ...(asks ? [] : [finding(SCRIPT, 'joins clusters that trust two roots')]),
  ];
}

function wayIn(
  view: ClusterView,
  namespace: string,
  labels: Readonly<Record<string, string>>,
  ports: readonly number[],
): readonly string[] {
  const open = portsOf(view, namespace, 'ingress', labels).map(({ port }) => port);
  return ports.filter(port => !open.includes(port)).map(port => `its gateway is closed at ${port}`);
}

function waysOut(
  tree: FileTree,
  view: ClusterView,
  others: readonly string[],
  kind: MeshKind,
  crossing: number,
): readonly string[] {
  const ranges = networksIn(tree);
  const callers = view.objects.filter(each => each.kind === 'Namespace' && isMarked(kind, each));
  return callers.flatMap(({ metadata: { name } }) => {
    const open = portsOf(view, name, 'egress', {}).filter(({ port }) => port === crossing);
    return others
      .filter(other => !open.some(({ range }) => reaches(range, ranges.get(other) ?? '')))
      .map(other => `${name} does not reach the gateway of ${other}`);
  });
}

function reaches(range: string, network: string): boolean {
  return range === '0.0.0.0/0' || (isRange(range) && isRange(network) && contains(range, network));
}

/** Ports that policies of the namespace open for pods with these labels, with the ranges at the other end. */
function portsOf(
  { objects }: ClusterView,
  namespace: string,
  direction: 'ingress' | 'egress',
  labels: Readonly<Record<string, string>>,
): readonly { readonly port: number; readonly range: string }[] {
  return objects
    .filter(
      ({ kind, metadata, spec }) =>
        kind === 'NetworkPolicy' &&
        metadata.namespace === namespace &&
        selects(at(spec, 'podSelector'), labels),
    )
    .flatMap(({ spec }) => list(at(spec, direction)))
    .flatMap(rule => {
      const ranges = list(at(rule, direction === 'ingress' ? 'from' : 'to')).flatMap(peer => {
        const cidr = at(peer, 'ipBlock', 'cidr');
        return typeof cidr === 'string' ? [cidr] : [];
      });
      return list(at(rule, 'ports')).flatMap(each =>
        ranges.map(range => ({ port: Number(fields(each).port), range })),
      );
    });
}

function credentials(script: string): readonly Finding[] {
  return [
    ...(/tls\\?\.key/.test(script) ? [finding(SCRIPT, 'hands on the key of an authority')] : []),
    ...(/clusterCredentialsSecret: cluster-credentials-\$1/.test(script) ===
    /create secret generic "cluster-credentials-\$there"/.test(script)
      ? []
      : [finding(SCRIPT, 'a link names credentials that nobody makes')]),
  ];
}

function finding(place: string, message: string): Finding {
  return { code: 'joined-meshes', place, message };
}
