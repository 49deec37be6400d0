/** The folder of the infrastructure, and the cluster's name in Azure. */
import type { Cluster } from '../../cluster-input.ts';
import type { StarterInput } from '../../part.ts';
import { pickOf } from '../../picks.ts';

/** Of a cluster that Azure runs. */
export const FOLDER = 'infra/aks';

/** Of any cluster in Azure: what controllers may do is the same where the control plane is one's own. */
export function folderOf({ stack }: StarterInput): string {
  return pickOf(stack, 'control-plane') === 'self-managed' ? 'infra/machines' : FOLDER;
}

export function clusterTitle({ project }: StarterInput, cluster: Cluster): string {
  return `${project.name}-${cluster.name}`;
}
