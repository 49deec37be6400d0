/** Clusters that Istio joins: a network each, one root, and a gateway that opens nothing. */

import type { FileTree } from '../../../../src/files/tree.ts';
import type { ClusterView } from '../../clusters.ts';
import type { Finding } from '../../finding.ts';
import { parseOnce } from '../../parse-once.ts';
import { at, list } from '../fields.ts';
import { toldValues } from '../told-values.ts';
import { finding, SCRIPT } from './clusters.ts';
import { openness, wayIn, waysOut } from './gateways.ts';

const EAST_WEST = 'istio-eastwest';
const CROSSING = 15443;
const NETWORK = 'topology.istio.io/network';

export function istio(tree: FileTree, view: ClusterView, others: readonly string[]): readonly string[] {
  const told = toldValues(view, EAST_WEST);
  const shared: unknown = parseOnce(tree.get('platform/istio/values.yaml') ?? '');
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
export function networks(views: readonly ClusterView[]): readonly Finding[] {
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

export function authorities(tree: FileTree): readonly Finding[] {
  const made = tree.get('scripts/mesh-authority.sh') ?? '';
  const asks = /\[ "\$\(root_of "\$here"\)" = "\$\(root_of "\$there"\)" \]/.test(tree.get(SCRIPT) ?? '');
  return [
    ...(/create secret generic cacerts/.test(made) && /-CA "\$MESH_AUTHORITY\/root-cert\.pem"/.test(made)
      ? []
      : [finding('scripts/mesh-authority.sh', 'every cluster makes a root of its own')]),
    ...(asks ? [] : [finding(SCRIPT, 'joins clusters that trust two roots')]),
  ];
}
