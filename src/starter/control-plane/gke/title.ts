/** What a cluster and what belongs to it are called in Google Cloud. */
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import type { StarterInput } from '../../part.ts';
import { titleWithin } from '../title-within.ts';

/** So many characters the name of a cluster takes, and so many are left in the name of a service account. */
const CLUSTER_LENGTH = 40;
const SHORT_LENGTH = 20;

export function clusterTitle(input: StarterInput, cluster: Cluster): string {
  return titleWithin(CLUSTER_LENGTH, input, cluster);
}

/** Its own among the clusters of this repository; service accounts begin with it. */
export function shortName({ clusters }: ClusterInput, { name }: Cluster): string {
  if (name.length <= SHORT_LENGTH) return name;
  const place = String(clusters.findIndex(each => each.name === name) + 1);
  return `${name.slice(0, SHORT_LENGTH - place.length - 1)}-${place}`;
}
