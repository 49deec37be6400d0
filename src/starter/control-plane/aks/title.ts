/** The folder of the infrastructure, and the cluster's name in Azure. */
import type { Cluster } from '../../cluster-input.ts';
import type { StarterInput } from '../../part.ts';

export const FOLDER = 'infra/aks';

export function clusterTitle({ project }: StarterInput, cluster: Cluster): string {
  return `${project.name}-${cluster.name}`;
}
