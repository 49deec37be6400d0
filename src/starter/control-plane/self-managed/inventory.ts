/** infra/hosts/<cluster>.conf: the one file of a cluster that somebody fills in, read by every script. */
import { hostOf } from '../../cidr.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { joinSettings } from '../../cni/cilium/joined-clusters.ts';
import { headline } from '../../headline.ts';
import type { StarterInput } from '../../part.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import type { HostSettings } from './distribution.ts';
import type { HostPlace } from './place.ts';
import { sharedHosts, TENANT_HOSTS, tenantsOnHosts } from './tenant-hosts.ts';
import { windowsLines, windowsSettings } from './windows/inventory.ts';

export const HOSTS_FOLDER = 'infra/hosts';
/** The label by which load balancers leave a host out. */
export const NOT_BALANCED = 'node.kubernetes.io/exclude-from-external-load-balancers';

interface Host {
  readonly name: string;
  readonly address: string;
  readonly domain: string;
  readonly role: 'control-plane' | 'system' | 'workload';
}

/** Machines of a cloud are had by the hour, so there are as many as keep everything apart. */
const ENOUGH_MACHINES = 9;
/** Beside those of tenants three hosts carry everything; from six on workloads have hosts of their own, and from nine on the platform has. */
export function platformOn(input: StarterInput): HostSettings['platformOn'] {
  const hosts = answerOf(input.stack, 'cloud') === 'on-prem' ? sharedHosts(input) : ENOUGH_MACHINES;
  if (hosts < 6) return 'every-host';
  return hosts < 9 ? 'control-plane' : 'system';
}

const ROLES: Readonly<Record<HostSettings['platformOn'], readonly Host['role'][]>> = {
  'every-host': ['control-plane'],
  'control-plane': ['control-plane', 'workload'],
  system: ['control-plane', 'system', 'workload'],
};

/** Cilium takes the place of kube-proxy; every other plugin leaves it. */
export function servicesBy({ stack }: ClusterInput): HostSettings['servicesBy'] {
  return pickOf(stack, 'cni') === 'cilium' ? 'network-plugin' : 'kube-proxy';
}

/** Three for each role at least: the loss of a rack or zone must go unnoticed. */
function hostsOf(input: ClusterInput, cluster: Cluster, place: HostPlace): readonly Host[] {
  const shared = ROLES[platformOn(input)].map(role => ({ role, called: role }));
  const ofTenants = tenantsOnHosts(input).map((_, index) => ({
    role: 'workload' as const,
    called: `tenant-${index + 1}`,
  }));
  return [...shared, ...ofTenants].flatMap(({ role, called }, group) =>
    place.domains(cluster).map((domain, index) => ({
      name: `${cluster.name}-${called}-${index + 1}`,
      address: place.address(cluster, group, index),
      domain,
      role,
    })),
  );
}

/** Addresses of the hosts that carry the platform: they stay when a host is made anew. */
export function systemAddresses(input: ClusterInput, place: HostPlace) {
  return (cluster: Cluster): readonly string[] =>
    hostsOf(input, cluster, place)
      .filter(({ role }) => role === 'system')
      .map(({ address }) => address);
}

/** Lines that no reader of hosts takes for one of a host. */
function tenantLines(input: ClusterInput, cluster: Cluster): readonly string[] {
  const tenants = tenantsOnHosts(input);
  if (tenants.length === 0) return [];
  const lines = tenants.map((tenant, index) => {
    const hosts = [1, 2, 3].map(each => `${cluster.name}-tenant-${index + 1}-${each}`);
    return `tenant ${tenant} ${hosts.join(' ')}`;
  });
  return ['', `# Whose pods a host takes alone: ${TENANT_HOSTS} marks them.`, ...lines];
}

export function podRange({ name, podCidr }: Cluster): string {
  if (podCidr === undefined) throw new Error(`no range of pods for ${name}`);
  return podCidr;
}

/** Settings are read by `sed` alone, so nothing but these characters gets into a name. */
export function apiName({ name, domain, recovery }: Cluster): string {
  const own = recovery?.role === 'second' ? `${name}.${domain}` : domain;
  return `api.${own.replace(/[^A-Za-z0-9.-]+/g, '-')}`;
}

export function clusterTitle(input: ClusterInput, cluster: Cluster): string {
  return `${input.project.name}-${cluster.name}`;
}

/** `variables`: what manifests are filled from, which the scripts hold against this file. */
export function inventory(
  input: ClusterInput,
  cluster: Cluster,
  place: HostPlace,
  variables: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>>,
): string {
  const settings = {
    API_NAME: apiName(cluster),
    CLUSTER_NAME: clusterTitle(input, cluster),
    DNS_ADDRESS: hostOf(cluster.serviceCidr, 10),
    KUBERNETES_VERSION: `${input.kubernetes}.0`,
    NODE_CIDR: cluster.vpcCidr,
    POD_CIDR: podRange(cluster),
    SERVICE_CIDR: cluster.serviceCidr,
    ...place.settings(input, cluster),
    ...joinSettings(input, cluster),
    ...variables,
    ...windowsSettings(input, place),
    ...more,
  };
  const hosts = hostsOf(input, cluster, place);
  const width = Math.max(...hosts.map(({ name }) => name.length));
  const comment = headline(
    input,
    'platform-defaults',
    `The cluster ${cluster.name}: its addresses, and one line per host. scripts/host-config.sh makes the configuration of each host from it.`,
  );
  const { domain } = place;
  const domainWidth = Math.max(domain.length, ...hosts.map(each => each.domain.length));
  return `${[
    ...comment.split('\n').map(commented),
    ...place.says.map(commented),
    ...(variables.PROXY_RANGE === undefined
      ? []
      : [
          commented(
            `${TOKENS.proxyRange}: PROXY_RANGE are the addresses of the proxy. NO_PROXY gets what else the house runs and hosts or pods call.`,
          ),
        ]),
    ...Object.entries(settings)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${oneLine(value)}`),
    '',
    `# An odd number of hosts in the control plane, three at least, and every role in three ${domain}s: what a ${domain} takes along`,
    '# must be missed by nobody.',
    ...(platformOn(input) === 'every-host' ? TOGETHER : []),
    `# ${'name'.padEnd(width)}  address          ${domain.padEnd(domainWidth)}  role`,
    ...hosts.map(
      host =>
        `${host.name.padEnd(width)}    ${host.address.padEnd(15)}  ${host.domain.padEnd(domainWidth)}  ${host.role}`,
    ),
    ...tenantLines(input, cluster),
    ...windowsLines(input, cluster, place, ROLES[platformOn(input)].length + tenantsOnHosts(input).length),
  ].join('\n')}\n`;
}

const TOGETHER = [
  '# These run the control plane, the platform and the workloads: give etcd a fast disk of its own. Hosts that come later take the role',
  '# workload, three at a time.',
];

/** An empty line parts what is said of the whole from what is said of the settings. */
function commented(line: string): string {
  return line === '' ? '' : `# ${line}`;
}

function oneLine(value: string): string {
  return value.replace(/[\r\n]+/g, ' ');
}
