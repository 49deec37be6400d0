/** Networks of clusters do not meet each other, their Services or what is reserved, and policies name only such ranges. */
import type { FileTree } from '../../../src/files/tree.ts';
import { clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { inventoriesIn } from '../hosts.ts';
import { once } from '../once.ts';
import { type ManifestObject, nameOf, ofKind } from '../yaml-files.ts';
import { isClosed } from './closed-cloud.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';
import { joinedNetworks } from './joined-meshes/clusters.ts';
import { providerOf } from './provider.ts';
import { contains, isRange, overlaps } from './ranges.ts';

/** This host, loopback, link-local, the range that Docker takes, documentation, multicast. */
const RESERVED = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.17.0.0/16',
  '192.0.2.0/24',
  '224.0.0.0/4',
];

/** Where a house has what it runs itself. */
const HOUSE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** `restricted.googleapis.com`, within a network that nothing leaves. */
const SERVICES_OF_GOOGLE = '199.36.153.4/30';
/** `private.googleapis.com`, which is called without a proxy. */
const ALL_OF_GOOGLE = '199.36.153.8/30';

export const addressRanges: CrossCheck = {
  code: 'address-ranges',
  says: 'Ranges are disjoint, not reserved, the same in infrastructure and manifests, and policies name no others.',
  check: tree => {
    const clusters = rangesOf(tree);
    const { agent, ranges, gatewaySources } = providerOf(tree);
    const joined = joinedNetworks(tree);
    const given = [
      ...ranges,
      ...joined,
      ...gatewaySources,
      ...(agent === null ? [] : [`${agent.address}/32`]),
    ];
    return [
      ...twiceNamed(tree),
      ...clusters.flatMap(({ file, vpc, services, pods, reserved: own }) => [
        ...[vpc, services, ...pods].flatMap(range =>
          [...RESERVED, ...own]
            .filter(reserved => overlaps(range, reserved))
            .map(reserved => finding(file, `${range} meets ${reserved}, which is reserved`)),
        ),
        ...(overlaps(vpc, services) ? [finding(file, `${vpc} meets the Services ${services}`)] : []),
        // Pods of GKE have a part of the network itself, which is looked at on its own.
        ...(file.startsWith('infra/gke/')
          ? []
          : pods.flatMap(range => overlayFindings(file, range, [vpc, services], partOfNode(tree)))),
      ]),
      ...clusters.flatMap((one, index) =>
        clusters
          .slice(index + 1)
          .filter(other => overlaps(one.vpc, other.vpc))
          .map(other => finding(one.file, `${one.vpc} meets ${other.vpc} of ${other.name}`)),
      ),
      ...clustersIn(tree).flatMap(view => {
        const own = clusters.find(({ name }) => name === view.name);
        return own === undefined ? [] : [...variableFindings(view, own), ...policyFindings(view, own, given)];
      }),
    ];
  },
};

interface Ranges {
  readonly name: string;
  readonly file: string;
  readonly vpc: string;
  readonly services: string;
  /** Of an overlay, where there is one. */
  readonly pods: readonly string[];
  /** What this cloud keeps for itself. */
  readonly reserved: readonly string[];
}

/** What AKS uses within every cluster. */
const RESERVED_BY_AKS = ['172.30.0.0/16', '172.31.0.0/16'];
/** Each node of an overlay takes a /24, and an upgrade has a third more of them for a while. */
const NODES_AT_LEAST = 32;

/** A /24, unless an installer is told otherwise. */
function partOfNode(tree: FileTree): number {
  const told = /hostPrefix: (\d+)/.exec(tree.get('infra/openshift/install-config.yaml') ?? '');
  return Number(told?.[1] ?? 24);
}

function overlayFindings(
  file: string,
  range: string,
  others: readonly string[],
  part: number,
): readonly Finding[] {
  const nodes = 2 ** (part - Number(range.split('/')[1]));
  return [
    ...others
      .filter(other => overlaps(range, other))
      .map(other => finding(file, `pods have ${range}, which meets ${other}`)),
    ...(nodes < NODES_AT_LEAST ? [finding(file, `${range} holds a /${part} for ${nodes} nodes alone`)] : []),
  ];
}

function rangesOf(tree: FileTree): readonly Ranges[] {
  const ofHosts = inventoriesIn(tree).map(({ cluster, file, settings }) => ({
    name: cluster,
    file,
    vpc: settings.NODE_CIDR ?? '',
    services: settings.SERVICE_CIDR ?? '',
    pods: [],
    reserved: [],
  }));
  const ofTerraform = rangesOfTerraform(tree);
  // Machines of a cloud stand in both, and have to be the same there.
  return [...ofHosts.filter(({ name }) => !ofTerraform.some(each => each.name === name)), ...ofTerraform];
}

/** Inventory and values of the infrastructure speak of the same networks. */
function twiceNamed(tree: FileTree): readonly Finding[] {
  const inventories = inventoriesIn(tree);
  return rangesOfTerraform(tree).flatMap(({ name, file, vpc, services }) =>
    inventories
      .filter(({ cluster }) => cluster === name)
      // On Azure machines have a part of the network, and the database another one.
      .filter(
        ({ settings: { NODE_CIDR = '', SERVICE_CIDR } }) =>
          !contains(vpc, NODE_CIDR.split('/')[0] ?? '') || SERVICE_CIDR !== services,
      )
      .map(inventory => finding(file, `${vpc} and ${services} are not those of ${inventory.file}`)),
  );
}

const rangesOfTerraform = once((tree: FileTree): readonly Ranges[] =>
  [...tree].flatMap(([file, text]) => {
    const name = /^infra\/[^/]+\/envs\/([^/]+)\.tfvars\.example$/.exec(file)?.[1];
    if (name === undefined) return [];
    const value = (key: string) => new RegExp(`^${key}\\s*=\\s*"([^"]+)"`, 'm').exec(text)?.[1];
    const vpc = value('vpc_cidr') ?? value('network_cidr') ?? value('node_cidr');
    const services = value('service_cidr');
    const pods = [value('pod_cidr')].filter(each => each !== undefined);
    const reserved = file.startsWith('infra/aks/') ? RESERVED_BY_AKS : [];
    return vpc === undefined || services === undefined ? [] : [{ name, file, vpc, services, pods, reserved }];
  }),
);

type View = ReturnType<typeof clustersIn>[number];

function variableFindings({ name, variables }: View, { file, vpc, services }: Ranges): readonly Finding[] {
  const place = `clusters/${name}/variables/cluster-vars.yaml`;
  const address = String(variables.KUBERNETES_SERVICE_ADDRESS);
  return [
    // On Azure policies name a part of the network, and only where one of them has to; hosts of one's own have another name for it.
    ...(/^infra\/(?:aks|machines)\//.test(file) ||
    [undefined, vpc].includes(variables.VPC_CIDR ?? variables.NODE_CIDR)
      ? []
      : [finding(place, `VPC_CIDR is not ${vpc}`)]),
    ...subnetFindings(place, variables, vpc),
    ...(contains(services, address) ? [] : [finding(place, `${address} is no address of ${services}`)]),
  ];
}

/** Nodes and the API server have a part of the network each, apart from the other. */
function subnetFindings(
  place: string,
  { NODE_CIDR: nodes, API_SERVER_CIDR: apiServer }: View['variables'],
  network: string,
): readonly Finding[] {
  if (nodes === undefined) return [];
  return [
    ...(contains(network, nodes) ? [] : [finding(place, `${nodes} of the nodes is no part of ${network}`)]),
    ...(apiServer === undefined || !overlaps(nodes, apiServer)
      ? []
      : [finding(place, `${nodes} of the nodes meets ${apiServer} of the API server`)]),
  ];
}

/** What probes of a kubelet come from where Istio leads them past the mesh. */
const PROBES_IN_MESH = '169.254.7.127/32';

function policyFindings(
  { name, objects, variables }: View,
  { vpc, services }: Ranges,
  given: readonly string[],
): readonly Finding[] {
  const isKnown = (range: string): boolean =>
    isRange(range) &&
    (range === '0.0.0.0/0' ||
      range === vpc ||
      range === variables.NODE_CIDR ||
      range === variables.API_SERVER_CIDR ||
      range === variables.LOAD_BALANCER_CIDR ||
      given.includes(range) ||
      (variables.PROXY_RANGE !== undefined &&
        [variables.PROXY_RANGE, ...HOUSE, ALL_OF_GOOGLE].includes(range)) ||
      (isClosed({ objects }) && [...HOUSE, SERVICES_OF_GOOGLE].includes(range)) ||
      range === PROBES_IN_MESH ||
      overlaps(range, services));
  return ofKind(objects, 'NetworkPolicy').flatMap(object =>
    blocksOf(object)
      .filter(range => !isKnown(range))
      .map(range =>
        finding(`${name}: ${nameOf(object)}`, `names ${range}, which is no range of this cluster`),
      ),
  );
}

/** Ranges that a policy names; clusters share most policies. */
const blocksOf = once(({ spec }: ManifestObject): readonly string[] => {
  const rules = [...list(at(spec, 'ingress')), ...list(at(spec, 'egress'))];
  return rules
    .flatMap(({ from, to }) => [...list(from), ...list(to)].flatMap(({ ipBlock }) => ipBlock ?? []))
    .map(block => String(at(block, 'cidr')));
});

function finding(place: string, message: string): Finding {
  return { code: 'address-ranges', place, message };
}
