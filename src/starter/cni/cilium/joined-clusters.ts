/** Clusters that Cilium joins: a number for each, and where those of one environment find one another. */
import { hostOf } from '../../cidr.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import type { HelmValues } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import type { StarterInput } from '../../part.ts';
import { answerOf, pickOf } from '../../picks.ts';

/** Limits of Cilium: bits of an identity, and characters of a name. */
const MOST = 255;
const LONGEST_NAME = 32;
/** Where machines of a cloud answer for the clusters that look for theirs: the port of every node that the chart has of itself. */
export const NODE_PORT = 32379;
/** The annotation by which a Service asks for an address of its own. */
const ADDRESS = 'lbipam.cilium.io/ips';

function isAsked({ stack }: StarterInput): boolean {
  return (
    answerOf(stack, 'cross-cluster') === 'yes' &&
    pickOf(stack, 'mesh') === 'cilium-mesh' &&
    pickOf(stack, 'cni') === 'cilium'
  );
}

/** Why clusters stay apart although the answers ask for one net of services: a sentence; null where nothing is in the way. */
export function whyApart(input: ClusterInput): string | null {
  if (!isAsked(input) || !input.clusters.some(each => peersOf(input, each).length > 0)) return null;
  if (pickOf(input.stack, 'control-plane') !== 'self-managed')
    return 'Cilium joins clusters whose nodes reach one another, and the network that infra/ makes for a managed control plane leads to no other one: clusters are joined where you run the control plane. Within each cluster the network policies hold, and traffic between nodes is encrypted.';
  return input.clusters.length > MOST
    ? `Cilium joins at most ${MOST} clusters, and there are ${input.clusters.length}.`
    : null;
}

/** Whether machines of a cloud call those of other clusters. */
export function joinsMachines(input: ClusterInput): boolean {
  return joinsClusters(input) && answerOf(input.stack, 'cloud') !== 'on-prem';
}

export function joinsClusters(input: ClusterInput): boolean {
  return (
    isAsked(input) && whyApart(input) === null && input.clusters.some(each => peersOf(input, each).length > 0)
  );
}

/** Clusters of other environments are left alone: a test must not reach what users are served by. */
export function peersOf({ clusters }: ClusterInput, cluster: Cluster): readonly Cluster[] {
  return clusters.filter(each => each.environment === cluster.environment && each.name !== cluster.name);
}

function numberOf({ clusters }: ClusterInput, { name }: Cluster): number {
  return clusters.findIndex(each => each.name === name) + 1;
}

/** What Cilium calls a cluster. A name that is too long ends in the number, after two hyphens, which no other name has. */
export function nameInMesh(input: ClusterInput, cluster: Cluster): string {
  const { name } = cluster;
  if (name.length <= LONGEST_NAME) return name;
  const ending = `--${numberOf(input, cluster)}`;
  return `${name.slice(0, LONGEST_NAME - ending.length).replace(/-+$/, '')}${ending}`;
}

/** On hosts of one's own: the last address but one of those that the inventory sets aside for what is reached from outside. */
function addressOf({ vpcCidr }: Cluster): string {
  return hostOf(vpcCidr, 254);
}

/** Lines of the inventory; none where no cluster is joined. */
export function joinSettings(input: ClusterInput, cluster: Cluster): Readonly<Record<string, string>> {
  if (!joinsClusters(input)) return {};
  const isFound = peersOf(input, cluster).length > 0 && !joinsMachines(input);
  return {
    CLUSTER_ID: String(numberOf(input, cluster)),
    MESH_NAME: nameInMesh(input, cluster),
    ...(isFound ? { MESH_ADDRESS: addressOf(cluster) } : {}),
  };
}

/** Values that all clusters share; what is joined to what stands with each cluster. */
export function joinedValues(input: ModuleInput): HelmValues {
  const { systemPool } = input.foundation;
  const size = (cpu: string, memory: string, limit: string) => ({
    resources: { requests: { cpu, memory }, limits: { memory: limit } },
  });
  return {
    clustermesh: {
      // A namespace is of its own cluster until an annotation says otherwise.
      defaultGlobalNamespace: false,
      apiserver: {
        replicas: 2,
        ...systemPool,
        podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
        ...size('50m', '128Mi', '512Mi'),
        etcd: { ...size('50m', '128Mi', '512Mi'), init: size('20m', '64Mi', '128Mi') },
        kvstoremesh: size('50m', '128Mi', '512Mi'),
        service: joinsMachines(input) ? { type: 'NodePort', nodePort: NODE_PORT } : { type: 'LoadBalancer' },
        tls: { authMode: 'cluster', auto: { method: 'cronJob', schedule: '0 4 1 */2 *' } },
      },
    },
  };
}

export function valuesOfJoined(input: ModuleInput, cluster: Cluster): HelmValues {
  const peers = peersOf(input, cluster);
  const { systemAddresses } = input.foundation;
  const placeOf = (peer: Cluster) =>
    systemAddresses === undefined
      ? { ips: [addressOf(peer)], port: 2379 }
      : { ips: systemAddresses(peer), port: NODE_PORT };
  return {
    cluster: { name: nameInMesh(input, cluster), id: numberOf(input, cluster) },
    ...(peers.length === 0
      ? {}
      : {
          clustermesh: {
            useAPIServer: true,
            config: {
              enabled: true,
              clusters: Object.fromEntries(peers.map(peer => [nameInMesh(input, peer), placeOf(peer)])),
            },
            ...(systemAddresses === undefined
              ? { apiserver: { service: { annotations: { [ADDRESS]: addressOf(cluster) } } } }
              : {}),
          },
        }),
  };
}

/** Before the commands of a first bootstrap; a paragraph, empty where no cluster is joined. */
export function authorityFirst(input: ClusterInput): string {
  return joinsClusters(input)
    ? 'The clusters of an environment share an authority, which is made before the first of them: [clusters](clusters.md).\n\n'
    : '';
}

/** What scripts/bootstrap.sh is told beside the name of the cluster. */
export function withAuthority(input: ClusterInput): string {
  return joinsClusters(input) ? 'MESH_AUTHORITY=FOLDER ' : '';
}
