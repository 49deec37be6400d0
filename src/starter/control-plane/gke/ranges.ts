/** Which addresses pods get: the upper half of the cluster's range, or a share of those that the project names for them. */
import { partOf, splitRange } from '../../cidr.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';

/** No cluster needs more: a /14 holds the pods of two thousand nodes. */
const LARGEST = 14;

export function podRange({ clusters, project }: ClusterInput, cluster: Cluster): string {
  const given = project.network?.pods;
  const index = clusters.findIndex(({ name }) => name === cluster.name);
  const upper = partOf(cluster.vpcCidr, 2, 1);
  const range = given === undefined ? upper : splitRange(given, clusters.length, LARGEST)[index];
  if (range === undefined) throw new Error(`no range of pods for ${cluster.name}`);
  return range;
}
