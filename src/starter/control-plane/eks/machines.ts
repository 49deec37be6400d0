/** The machines of the node groups, and what is left of one for pods. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { NodePool } from '../../node-pool.ts';
import { answerOf } from '../../picks.ts';

/** Without a stated architecture the one that every image exists for. */
export function machineOf(input: Pick<ClusterInput, 'stack'>): {
  readonly ami: string;
  readonly type: string;
} {
  return answerOf(input.stack, 'architecture') === 'arm64'
    ? { ami: 'BOTTLEROCKET_ARM_64', type: 'm7g.xlarge' }
    : { ami: 'BOTTLEROCKET_x86_64', type: 'm7i.xlarge' };
}

/** One per zone. */
export const NODES = 3;
export const VCPUS = 4;

/**
 * Of 4 vCPUs and 16 GiB: a fourteenth of the memory stays with the machine, the kubelet reserves 80m and 255 MiB plus 11 MiB for
 * each of 58 pods, 100 MiB are kept before it evicts, and the add-ons of the provider request 200m and 300 MiB.
 */
const ALLOCATABLE = { millicores: 3720, mebibytes: 13_600, pods: 50 };

export function nodePools(input: Pick<ClusterInput, 'stack'>): readonly NodePool[] {
  const { type } = machineOf(input);
  return (['system', 'workload'] as const).map(pool => ({
    pool,
    machine: type,
    nodes: NODES,
    zones: 3,
    allocatable: ALLOCATABLE,
  }));
}
