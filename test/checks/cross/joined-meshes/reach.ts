/** What the infrastructure says of joined clusters whose gateways and APIs have private addresses: others reach them, and nobody beside. */

import type { FileTree } from '../../../../src/files/tree.ts';
import type { ClusterView } from '../../clusters.ts';
import type { Finding } from '../../finding.ts';
import { parseOnce } from '../../parse-once.ts';
import { at } from '../fields.ts';
import { contains, isRange } from '../ranges.ts';
import { finding, networksIn } from './clusters.ts';

/** Files of a root module that makes the API of a cluster of Google, and what lets clients of other regions come to it. */
const OPEN_EVERYWHERE: Readonly<Record<string, RegExp>> = {
  'infra/gke/cluster.tf': /master_global_access_config {\s+enabled = length\(var\.joined_cidrs\) > 0/,
  'infra/machines/balancer.tf': /allow_global_access\s+= true/,
};

export function apis(tree: FileTree): readonly Finding[] {
  const files = Object.entries(OPEN_EVERYWHERE).filter(([file]) => tree.has(file));
  const listed = tree.get('infra/gke/cluster.tf');
  const guards = tree.get('infra/machines/guards.tf');
  return [
    ...files
      .filter(([file, open]) => !open.test(tree.get(file) ?? ''))
      .map(([file]) => finding(file, 'the API answers in its own region alone')),
    ...(listed === undefined || /for_each = setunion\(.*var\.joined_cidrs\)/.test(listed)
      ? []
      : [finding('infra/gke/cluster.tf', 'the API does not admit joined clusters')]),
    ...(guards === undefined || /joined_api = {[^}]*ports\s+= \["6443"\]\s+from\s+= \["joined"\]/.test(guards)
      ? []
      : [finding('infra/machines/guards.tf', 'the API does not admit joined clusters')]),
    ...ofOpenShift(tree),
    ...ofOpenShiftOnAzure(tree),
    ...names(tree),
  ];
}

/** On Google Cloud its installer makes the API, for the own network and region alone. */
const OPENSHIFT = 'infra/machines/joined.tf';
const NETWORK = 'infra/machines/network.tf';
const INSTALLED = 'infra/openshift/install-config.yaml';

const OF_OPENSHIFT: readonly (readonly [file: string, holds: RegExp, otherwise: string])[] = [
  [
    OPENSHIFT,
    /source_ranges +=\ssort\(var\.joined_cidrs\)\s+target_service_accounts = \[google_service_account\.machine\["control-plane"\]\.email\]\s+allow {\s+protocol = "tcp"\s+ports +=\s\["6443"\]/,
    'the API does not admit joined clusters',
  ],
  [
    'scripts/bootstrap.sh',
    /forwarding-rules update "\$\(of_cluster infrastructureName\)-api-internal" --allow-global-access/,
    'the API answers in its own region alone',
  ],
];

function ofOpenShift(tree: FileTree): readonly Finding[] {
  if (!tree.has('infra/gcp-project/installer.tf')) return [];
  return OF_OPENSHIFT.filter(([file, holds]) => !holds.test(tree.get(file) ?? '')).map(
    ([file, , otherwise]) => finding(file, otherwise),
  );
}

/** Azure lets peered networks in at every port, so that what is let in says nothing without what is refused. */
const LET_IN_ON_AZURE =
  /\bapi += { guard = "control_plane", access = "Allow", priority = 300, ports = \["6443"\] }/;
const REFUSED_ON_AZURE = ['control_plane', 'workers'].map(
  guard => new RegExp(`{ guard = "${guard}", access = "Deny", priority = 310, ports = \\["0-65535"\\] }`),
);

function ofOpenShiftOnAzure(tree: FileTree): readonly Finding[] {
  const network = tree.get(NETWORK) ?? '';
  if (!tree.has(INSTALLED) || !network.includes('resource "azurerm_network_security_group" "machines"'))
    return [];
  return [
    ...(LET_IN_ON_AZURE.test(network) ? [] : [finding(NETWORK, 'the API does not admit joined clusters')]),
    ...(REFUSED_ON_AZURE.every(each => each.test(network))
      ? []
      : [finding(NETWORK, 'peered networks reach every port')]),
    ...(/private_dns_zone_name = "\${var\.cluster_name}\.\${var\.dns_zone}"/.test(network)
      ? []
      : [finding(NETWORK, 'links another zone than that of the installer')]),
  ];
}

/** A private name that joined clusters ask for is known in their networks. */
const KNOWN: Readonly<Record<string, RegExp>> = {
  [OPENSHIFT]: /dns_name += "api\.\${each\.key}[\s\S]*target_network {\s+network_url = each\.value/,
  'infra/machines/balancer.tf': /dynamic "networks" {\s+for_each = var\.joined_networks/,
  [NETWORK]: /"azurerm_private_dns_zone_virtual_network_link" "joined"/,
};

function names(tree: FileTree): readonly Finding[] {
  const place = Object.keys(KNOWN).find(each => tree.has(each)) ?? '';
  const asked = /^variable "joined_networks"/m.test(tree.get('infra/machines/variables.tf') ?? '');
  return asked && !KNOWN[place]?.test(tree.get(place) ?? '')
    ? [finding(place, 'joined clusters do not know the name of the API')]
    : [];
}

export function reach(tree: FileTree, { name }: ClusterView, others: readonly string[]): readonly string[] {
  return others.length === 0 ? [] : [...inRegion(tree), ...admitted(tree, name, others)];
}

/** Balancers of Google within a network answer in their region, and joined clusters stand in others. */
function inRegion(tree: FileTree): readonly string[] {
  const [linkerd, istio] = ['linkerd-multicluster', 'istio-eastwest'].map((id): unknown =>
    parseOnce(tree.get(`platform/${id}/values.yaml`) ?? ''),
  );
  const annotations = at(linkerd, 'gateway', 'serviceAnnotations') ?? at(istio, 'service', 'annotations');
  const isWithin = at(annotations, 'networking.gke.io/load-balancer-type') === 'Internal';
  const isEverywhere =
    at(annotations, 'networking.gke.io/internal-load-balancer-allow-global-access') === 'true';
  return isWithin && !isEverywhere ? ['its gateway answers in its own region alone'] : [];
}

/** Where the infrastructure of a cluster names ranges of joined ones, they are those. */
function admitted(tree: FileTree, name: string, others: readonly string[]): readonly string[] {
  const folder = ['infra/gke', 'infra/machines', 'infra/aks', 'infra/eks'].find(each =>
    tree.has(`${each}/variables.tf`),
  );
  if (!/^variable "joined_cidrs"/m.test(tree.get(`${folder}/variables.tf`) ?? '')) return [];
  // Services without a cluster have values of their own.
  const values = tree.get(`${folder}/envs/${name}.tfvars.example`) ?? '';
  const [, listed = ''] = /^joined_cidrs\s+= \[([^\]]*)\]$/m.exec(values) ?? [];
  const ranges = listed
    .replaceAll('"', '')
    .split(/[,\s]+/)
    .filter(isRange);
  const networks = networksIn(tree);
  const strangers = [...networks].filter(([cluster]) => !others.includes(cluster));
  return [
    ...others
      .filter(other => !ranges.some(range => contains(range, networks.get(other) ?? '')))
      .map(other => `does not admit ${other}`),
    ...strangers
      .filter(([, network]) => ranges.some(range => contains(range, network)))
      .map(([stranger]) => `admits ${stranger}, which it is not joined to`),
  ];
}
