/** A closed network of a cloud: no pod and no route leads out, and everything is read from its registry by whoever may read there. */
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { type ManifestObject, nameOf } from '../yaml-files.ts';
import { HANDED_OVER } from './closed-network.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

/** What leads out of a network, comes into it from the internet, or fetches by itself. */
const LEADS_OUT =
  /^resource "(aws_nat_gateway|aws_internet_gateway|aws_egress_only_internet_gateway|aws_eip|aws_ecr_pull_through_cache_rule|azurerm_nat_gateway|azurerm_public_ip|azurerm_public_ip_prefix|azurerm_container_registry_cache_rule|google_compute_router_nat)"/gm;
const DEFAULT_ROUTE = /(?:destination_cidr_block|dest_range|address_prefix) += "0\.0\.0\.0\/0"/;
const INTERNET_FACING = /internet-facing|l4-rbs/;
/** A load balancer of ECS that may have addresses of the internet, or clients from there. */
const OPEN_BALANCER = /internal += (?!true)|var\.exposure|cidr_ipv4 += "0\.0\.0\.0\/0"/;
/** The same of Cloud Run, and a list of names that a values file may fill. */
const OPEN_RUN =
  /EXTERNAL_MANAGED|"google_compute_global_address"|INGRESS_TRAFFIC_(?:ALL|INTERNAL_LOAD_BALANCER)|egress_domains|"PRIVATE_RANGES_ONLY"/;

export const closedCloud: CrossCheck = {
  code: 'closed-cloud',
  says: 'In a closed network of a cloud no pod and no route leads out, and everything is read from the registry within.',
  check: tree =>
    tree.has(HANDED_OVER)
      ? [
          ...[...tree].flatMap(([file, text]) => infrastructure(file, text)),
          ...clustersIn(tree).flatMap(view => [
            ...view.objects.flatMap(each => policies(view, each)),
            ...view.objects.flatMap(each => sources(view, each)),
          ]),
          ...readers(tree),
          ...installers(tree),
          ...endpoints(tree),
        ]
      : [],
};

function infrastructure(file: string, text: string): readonly Finding[] {
  if (/^(?:platform|platform-config|apps)\//.test(file) && INTERNET_FACING.test(text))
    return [finding(file, 'answers to the internet')];
  if (!/^infra\/.+\.tf$/.test(file)) return [];
  return [
    ...[...text.matchAll(LEADS_OUT)].map(([, type]) => finding(file, `${type} leads out of the network`)),
    ...(/import_custom_routes += true/.test(text)
      ? [finding(file, 'a default route of the house may come along')]
      : []),
    ...(text.includes('REMOTE_REPOSITORY') ? [finding(file, 'fetches from a publisher by itself')] : []),
    ...(file.startsWith('infra/ecs/') && OPEN_BALANCER.test(text)
      ? [finding(file, 'may answer to the internet, or call it')]
      : []),
    ...(file.startsWith('infra/cloud-run/') && OPEN_RUN.test(text)
      ? [finding(file, 'may answer to the internet, or call it')]
      : []),
    ...(/^resource "google_compute_network" /m.test(text) &&
    !/delete_default_routes_on_create += true/.test(text)
      ? [finding(file, 'Google makes a default route in this network')]
      : []),
    ...(DEFAULT_ROUTE.test(text) ? [finding(file, 'a default route leads out of the network')] : []),
  ];
}

/** Ranges that no address of the internet lies in, and those of Google's own services within a network. */
const WITHIN =
  /^(?:10\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|192\.0\.2\.|34\.118\.|199\.36\.153\.4\/30)/;

function policies({ name }: ClusterView, object: ManifestObject): readonly Finding[] {
  const place = `${name}: ${nameOf(object)}`;
  const text = JSON.stringify(object.spec ?? {});
  if (/"toEntities":\["?(?:world|all)|"toFQDNs"/.test(text))
    return [finding(place, 'leads to names or addresses outside')];
  if (object.kind !== 'NetworkPolicy') return [];
  return list(at(object.spec, 'egress')).flatMap(rule => {
    const peers = list(at(rule, 'to'));
    if (peers.length === 0) return [finding(place, 'leads to any address')];
    return peers.flatMap(peer => {
      const cidr = at(peer, 'ipBlock', 'cidr');
      return cidr === undefined || WITHIN.test(String(cidr))
        ? []
        : [finding(place, `leads to ${String(cidr)}, which is not of this network`)];
    });
  });
}

/** Where Flux signs in to a registry for this repository, no Git server is within. */
export function isClosed({ objects }: Pick<ClusterView, 'objects'>): boolean {
  return objects.some(
    ({ kind, spec }) => kind === 'FluxInstance' && at(spec, 'sync', 'provider') !== undefined,
  );
}

/** The instance of Flux is none of the step's objects: it stands beside them. */
function sources({ name }: ClusterView, object: ManifestObject): readonly Finding[] {
  const place = `${name}: ${nameOf(object)}`;
  const signsIn = (spec: unknown) => /^(?:aws|azure|gcp)$/.test(String(at(spec, 'provider')));
  if (object.kind === 'GitRepository' || object.kind === 'HelmRepository')
    return [finding(place, 'is read from outside: no Git server and no website is within')];
  if (object.kind === 'OCIRepository' && !signsIn(object.spec))
    return [finding(place, 'signs in to no registry')];
  if (object.kind === 'FluxInstance' && !signsIn(at(object.spec, 'sync')))
    return [finding(place, 'reads this repository where it signs in to nothing')];
  return [];
}

/** Flux has an identity that may read. */
function readers(tree: FileTree): readonly Finding[] {
  const known = [...tree].some(
    ([file, text]) => /^infra\/.+\.tf$/.test(file) && /"?source-controller"?/.test(text),
  );
  return known ? [] : [finding('infra', 'no identity lets source-controller read the registry')];
}

/** What is installed before Flux comes from the registry as well, and was carried there. */
function installers(tree: FileTree): readonly Finding[] {
  const carried = tree.get('charts.txt') ?? '';
  return [...tree].flatMap(([file, text]) =>
    /^scripts\/install-[^/]+\.sh$/.test(file)
      ? [...text.matchAll(/\b(?:https?|oci):\/\/[^\s"']+/g)].flatMap(([address]) => {
          const [, folder, tag] = /^oci:\/\/\$\{REGISTRY\}\/([^:]+)(?::(\S+))?$/.exec(address) ?? [];
          if (folder === undefined) return [finding(file, `reads ${address} from outside`)];
          const listed = carried
            .split('\n')
            .some(line => line.startsWith(`manifests `) && line.includes(` ${tag} ${folder} `));
          return tag === undefined || listed
            ? []
            : [finding(file, `reads ${folder} in version ${tag}, which nobody carries in`)];
        })
      : [],
  );
}

/** Services of AWS that values name by region have an endpoint. */
function endpoints(tree: FileTree): readonly Finding[] {
  const file = tree.get('infra/eks/endpoints.tf') ?? tree.get('infra/machines/endpoints.tf') ?? '';
  const [, made] = /endpoint_services = (?:setsubtract\()?\[([^\]]*)\]/.exec(file) ?? [];
  if (made === undefined) return [];
  return [...tree].flatMap(([file, text]) =>
    /^(?:delivery(?!\/variables)|platform|platform-config|apps)\//.test(file)
      ? [...text.matchAll(/\b([a-z0-9-]+)\.\$\{REGION\}\.amazonaws\.com/g)]
          .map(([, service = '']) => service)
          .filter(service => !made.includes(`"${service}"`))
          .map(service => finding(file, `names ${service}, which has no endpoint in this network`))
      : [],
  );
}

function finding(place: string, message: string): Finding {
  return { code: 'closed-cloud', place, message };
}
