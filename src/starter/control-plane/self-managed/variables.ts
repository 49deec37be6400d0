/** What manifests of clusters on hosts of one's own are filled from. */
import type { FileTree } from '../../../files/tree.ts';
import { hostOf } from '../../cidr.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { PROXY_RANGE, PROXY_URL, pastProxy } from '../../egress/proxy/settings.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { domainOf } from '../../names.ts';
import type { ManifestVariables } from '../control-plane.ts';
import { clusterTitle, podRange } from './inventory.ts';
import { balancerRange } from './own-hosts.ts';

interface Variable {
  readonly name: string;
  readonly value: (input: ClusterInput, cluster: Cluster) => string;
}

const VARIABLES: readonly Variable[] = [
  { name: 'CLUSTER_NAME', value: clusterTitle },
  { name: 'DNS_ZONE', value: domainOf },
  { name: 'ENVIRONMENT', value: (_input, { environment }) => environment },
  { name: 'KUBERNETES_SERVICE_ADDRESS', value: (_input, { serviceCidr }) => hostOf(serviceCidr, 1) },
  { name: 'LOAD_BALANCER_RANGE', value: (_input, cluster) => balancerRange(cluster) },
  { name: 'NODE_CIDR', value: (_input, { vpcCidr }) => vpcCidr },
  { name: 'NO_PROXY', value: (input, cluster) => pastProxy(input, cluster, podRange(cluster)) },
  { name: 'POD_CIDR', value: (_input, cluster) => podRange(cluster) },
  { name: 'PROXY_RANGE', value: () => PROXY_RANGE },
  { name: 'PROXY_URL', value: () => PROXY_URL },
  { name: 'REGION', value: (_input, { region }) => region },
];

const OF_PROXY: readonly string[] = ['NO_PROXY', 'PROXY_RANGE', 'PROXY_URL'];

/** What manifests are filled from stands in the inventory as well; scripts/bootstrap.sh holds the two together. */
export function hostVariables(
  input: ClusterInput,
  used: ReadonlySet<string>,
  inventoriesWith: (ofHosts: (cluster: Cluster) => Readonly<Record<string, string>>) => FileTree,
): ManifestVariables {
  const valuesOf = (cluster: Cluster, names: (name: string) => boolean) =>
    Object.fromEntries(
      VARIABLES.filter(({ name }) => names(name)).map(({ name, value }) => [name, value(input, cluster)]),
    );
  // Hosts read those of the proxy as well, whatever pods do.
  const proxied = wayOut(input) === 'proxy' ? OF_PROXY : [];
  const ofHosts = (cluster: Cluster) => valuesOf(cluster, name => used.has(name) || proxied.includes(name));
  return {
    of: cluster => valuesOf(cluster, name => used.has(name)),
    files: inventoriesWith(ofHosts),
    placeholders: [],
  };
}
