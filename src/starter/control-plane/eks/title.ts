/** The cluster's name in AWS. */
import type { Cluster } from '../../cluster-input.ts';
import type { StarterInput } from '../../part.ts';

export function clusterTitle({ project }: StarterInput, cluster: Cluster): string {
  return `${project.name}-${cluster.name}`;
}
