/** Calico as the network: installed first as delivery finds it, of one form with kube-proxy, with addresses for what comes from outside. */

import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { inventoriesIn } from '../hosts.ts';
import { parseOnce } from '../parse-once.ts';
import { documentsOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

const VALUES = 'platform/calico/values.yaml';
const INSTALLER = 'scripts/install-calico.sh';

export const calico: CrossCheck = {
  code: 'calico',
  says: 'Calico is installed first as delivery finds it, writes rules in the form of kube-proxy, and is there before nodes are ready.',
  check: tree => {
    const values = parseOnce(tree.get(VALUES) ?? '') as unknown;
    if (at(values, 'installation', 'cni', 'type') !== 'Calico') return [];
    return [
      ...overlay(values, poolsOf(tree, values)),
      ...installer(tree, poolsOf(tree, values)),
      ...form(tree, values),
      ...clustersIn(tree).flatMap(view => balancers(tree, view)),
    ];
  },
};

/** In the values that all clusters share, or where the chart is installed. */
function poolsOf(tree: FileTree, values: unknown): unknown {
  const shared = at(values, 'installation', 'calicoNetwork', 'ipPools');
  if (shared !== undefined) return shared;
  const [, release = ''] = [...tree].find(([file]) => /^delivery\/[^/]+\/calico\.yaml$/.test(file)) ?? [];
  return documentsOf(release)
    .flatMap(document => [
      at(document, 'spec', 'values'),
      ...list(at(document, 'spec', 'sources')).map(source => at(source, 'helm', 'valuesObject')),
      at(document, 'values'),
    ])
    .map(each => at(each, 'installation', 'calicoNetwork', 'ipPools'))
    .find(each => each !== undefined);
}

function overlay(values: unknown, pools: unknown): readonly Finding[] {
  const network = at(values, 'installation', 'calicoNetwork');
  const [pool, ...others] = list(pools);
  const waits = list(
    at(values, 'installation', 'typhaDeployment', 'spec', 'template', 'spec', 'tolerations'),
  );
  return [
    ...found(VALUES, at(network, 'bgp') === 'Disabled', 'routes would have to be told to the hosts’ network'),
    ...found(
      VALUES,
      pool !== undefined && others.length === 0 && pool.encapsulation === 'VXLAN',
      'pods have no overlay, and nobody outside knows their addresses',
    ),
    ...found(
      VALUES,
      waits.some(each => each.operator === 'Exists' && each.key === undefined),
      'typha waits for nodes that wait for it',
    ),
  ];
}

function installer(tree: FileTree, pools: unknown): readonly Finding[] {
  const text = tree.get(INSTALLER) ?? '';
  const own = /^pools='(.+)'$/m.exec(text)?.[1];
  const given = own === undefined ? null : (JSON.parse(own) as unknown);
  const wanted = (JSON.stringify(pools) ?? '').replace('${POD_CIDR}', 'POD_CIDR');
  const shared =
    at(parseOnce(tree.get(VALUES) ?? ''), 'installation', 'calicoNetwork', 'ipPools') !== undefined;
  const namespaces = ['tigera-operator', 'calico-system'].filter(
    name => !text.includes(`platform/namespaces/${name}.yaml`),
  );
  return [
    ...[
      ['calico-crds', 'kube-system'],
      ['calico', 'tigera-operator'],
    ].flatMap(([release = '', namespace = '']) => {
      const [, delivered = ''] =
        [...tree].find(([file]) => new RegExp(`^delivery/[^/]+/${release}\\.yaml$`).test(file)) ?? [];
      const tag = /^ +(?:tag|targetRevision|version): "?(v[^"\n]+)"?$/m.exec(delivered)?.[1];
      const line = new RegExp(
        `helm (?:upgrade --)?install ${release} [^\\n]*?--version (\\S+)[\\s\\\\]+--namespace (\\S+)`,
      ).exec(text);
      return [
        ...found(INSTALLER, line?.[1] === tag, `installs ${release} ${line?.[1]}, and delivery ${tag}`),
        ...found(INSTALLER, line?.[2] === namespace, `installs ${release} in ${line?.[2]}`),
      ];
    }),
    ...found(INSTALLER, text.includes(`--values ${VALUES}`), 'installs with other values than delivery'),
    ...found(
      INSTALLER,
      shared ? given === null : JSON.stringify(given) === wanted,
      'gives pods other addresses than delivery',
    ),
    ...namespaces.map(name => finding(INSTALLER, `${name} is not there when its pods come`)),
  ];
}

/** Two programs that write rules in different forms do not see each other's. */
function form(tree: FileTree, values: unknown): readonly Finding[] {
  const rules = String(at(values, 'installation', 'calicoNetwork', 'linuxDataplane')).toLowerCase();
  const [talos] = documentsOf(tree.get('infra/talos/all.yaml') ?? '');
  const proxies = [
    at(talos, 'cluster', 'proxy', 'mode'),
    ...documentsOf(tree.get('infra/kubeadm/cluster.yaml') ?? '')
      .filter(each => at(each, 'kind') === 'KubeProxyConfiguration')
      .map(each => at(each, 'mode')),
  ].filter(mode => mode !== undefined);
  return proxies
    .filter(mode => mode !== rules)
    .map(mode => finding(VALUES, `writes ${rules}, and kube-proxy ${String(mode)}`));
}

/** Without a cloud somebody has to give Services their addresses, and from the range that the inventory sets aside. */
function balancers(tree: FileTree, { name, objects }: ClusterView): readonly Finding[] {
  const inventory = inventoriesIn(tree).find(({ cluster }) => cluster === name);
  if (inventory === undefined) return [];
  const { LOAD_BALANCER_RANGE } = inventory.settings;
  if (LOAD_BALANCER_RANGE === undefined) return [];
  const pools = objects.filter(({ kind }) => kind === 'IPAddressPool');
  const announced = objects
    .filter(({ kind }) => kind === 'L2Advertisement')
    .flatMap(({ spec }) => at(spec, 'ipAddressPools') as readonly string[]);
  return [
    ...found(
      inventory.file,
      JSON.stringify(pools.map(({ spec }) => at(spec, 'addresses'))) === `[["${LOAD_BALANCER_RANGE}"]]`,
      `nothing hands out ${LOAD_BALANCER_RANGE}`,
    ),
    ...pools
      .filter(({ metadata }) => !announced.includes(metadata.name))
      .map(({ metadata }) => finding(`${name}: ${metadata.name}`, 'nobody answers for its addresses')),
  ];
}

function found(place: string, right: boolean, message: string): readonly Finding[] {
  return right ? [] : [finding(place, message)];
}

function finding(place: string, message: string): Finding {
  return { code: 'calico', place, message };
}
