/** Clusters that share names serve the same ones, own none of them, and each is asked by its own name whether it is well. */
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import type { ManifestObject } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

const CONTROLLER = 'external-dns.alpha.kubernetes.io/controller';
const VALUES = 'infra/traffic/envs/production.tfvars.example';
const NAMES = 'infra/traffic/names.tf';
const SCRIPT = 'scripts/share-names.sh';

export const sharedNames: CrossCheck = {
  code: 'shared-names',
  says: 'Regions that share names serve the same ones, and what shares requests out asks each of them.',
  check: tree => {
    const members = clustersIn(tree)
      .filter(({ name }) => /recovery\/shared-names/.test(tree.get(`apps/${name}/kustomization.yaml`) ?? ''))
      .map(memberOf);
    const asked = askedClusters(tree);
    return [
      ...members.flatMap(each => [...memberProblems(each), ...partnerProblems(each, members)]),
      ...members.flatMap(each => [...askedProblems(each, asked), ...pointedProblems(tree, each)]),
      ...[...(asked ?? [])]
        .filter(([name]) => !members.some(each => each.name === name))
        .map(([name]) => finding(VALUES, `asks ${name}, which serves no shared names`)),
      ...recordProblems(tree),
    ];
  },
};

interface Member {
  readonly name: string;
  /** Null where the cluster has no name of its own. */
  readonly own: { readonly host: string; readonly left: boolean } | null;
  readonly hosts: readonly string[];
  /** Hosts that ExternalDNS of the cluster would write. */
  readonly written: readonly string[];
}

function memberOf({ name, objects }: ClusterView): Member {
  const routes = objects.filter(
    ({ kind, metadata }) => ['HTTPRoute', 'Ingress'].includes(kind) && metadata.namespace === 'demo',
  );
  const isLeft = ({ metadata }: ManifestObject) => metadata.annotations?.[CONTROLLER] !== undefined;
  const own = routes.find(({ metadata }) => metadata.name === 'region');
  const shared = routes.filter(route => route !== own);
  return {
    name,
    own: own === undefined ? null : { host: hostsOf(own)[0] ?? '', left: isLeft(own) },
    hosts: shared.flatMap(hostsOf).sort(),
    written: shared.filter(route => !isLeft(route)).flatMap(hostsOf),
  };
}

export function hostsOf({ kind, spec }: ManifestObject): readonly string[] {
  return kind === 'Ingress'
    ? list(at(spec, 'rules')).map(({ host }) => String(host))
    : ((at(spec, 'hostnames') ?? []) as readonly string[]);
}

function memberProblems({ name, own, written }: Member): readonly Finding[] {
  return [
    ...written.map(host => finding(name, `writes a record of ${host}, which belongs to all regions`)),
    ...(own === null ? [finding(name, 'has no name of its own')] : []),
    ...(own !== null && !own.host.startsWith(`${name}.`)
      ? [finding(name, `calls itself ${own.host}, which is not its name`)]
      : []),
    ...(own?.left === true ? [finding(name, `has ${own.host} written by nobody`)] : []),
  ];
}

function domainOf({ name, own }: Member): string {
  return own?.host.slice(name.length + 1) ?? '';
}

function partnerProblems(each: Member, members: readonly Member[]): readonly Finding[] {
  const others = members.filter(other => other !== each && domainOf(other) === domainOf(each));
  if (others.length === 0) return [finding(each.name, 'shares its names with no other cluster')];
  return others
    .filter(other => other.hosts.join(' ') !== each.hosts.join(' '))
    .map(other =>
      finding(each.name, `serves ${each.hosts.join(', ')}, ${other.name} ${other.hosts.join(', ')}`),
    );
}

/** Domain of each cluster that is asked; null where the house asks. */
function askedClusters(tree: FileTree): ReadonlyMap<string, string> | null {
  const values = tree.get(VALUES);
  if (values !== undefined)
    return new Map(
      [...values.matchAll(/^ {2}([\w-]+) = \{\n {4}domain = "([^"]+)"/gm)].map(
        ([, name = '', domain = '']) => [name, domain],
      ),
    );
  const script = tree.get(SCRIPT);
  if (script === undefined) return null;
  return new Map(
    [...script.matchAll(/^share (\S+) (.+) \|\|/gm)].flatMap(([, domain = '', names = '']) =>
      names.split(' ').map(name => [name, domain] as const),
    ),
  );
}

function askedProblems(each: Member, asked: ReadonlyMap<string, string> | null): readonly Finding[] {
  if (asked === null) return [];
  const domain = asked.get(each.name);
  if (domain === undefined) return [finding(each.name, 'is asked by nobody whether it is well')];
  return domain === domainOf(each)
    ? []
    : [finding(each.name, `is asked below ${domain}, and lies below ${domainOf(each)}`)];
}

/** Where the infrastructure makes the record of a gateway, it is that of its own name. */
function pointedProblems(tree: FileTree, { name, own }: Member): readonly Finding[] {
  const values =
    tree.get(`infra/gke/envs/${name}.tfvars.example`) ?? tree.get(`infra/eks/envs/${name}.tfvars.example`);
  if (values === undefined || !edgeOf(tree).includes('variable "gateway_record"')) return [];
  const [, record = 'all names'] = /^gateway_record += "([^"]*)"$/m.exec(values) ?? [];
  return record === own?.host ? [] : [finding(name, `has ${record} point at its gateway, and not its own`)];
}

function edgeOf(tree: FileTree): string {
  return tree.get('infra/gke/edge.tf') ?? tree.get('infra/eks/edge.tf') ?? '';
}

/** What makes a record go by a check, and the check that it has to name. */
const BY_CHECK: readonly (readonly [record: RegExp, reference: RegExp])[] = [
  [/resource "aws_route53_record" "shared"/, /health_check_id\s+= (aws_route53_health_check)\.(\w+)\[/],
  [/resource "google_dns_record_set" "shared"/, /health_check = (google_compute_health_check)\.(\w+)\[/],
  [/resource "azurerm_dns_cname_record" "shared"/, /record\s+= (azurerm_traffic_manager_profile)\.(\w+)\[/],
];

function recordProblems(tree: FileTree): readonly Finding[] {
  const text = tree.get(NAMES);
  if (text === undefined) return [];
  const [known] = BY_CHECK.filter(([record]) => record.test(text));
  if (known === undefined) return [finding(NAMES, 'makes no record of the shared names')];
  const [, type = '', label = ''] = known[1].exec(text) ?? [];
  if (type === '') return [finding(NAMES, 'makes a record that goes by no health check')];
  return text.includes(`resource "${type}" "${label}"`)
    ? []
    : [finding(NAMES, `goes by ${type}.${label}, which is nowhere`)];
}

function finding(place: string, message: string): Finding {
  return { code: 'shared-names', place, message };
}
