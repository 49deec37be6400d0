/** Machines by what runs on them, as the inventory makes them by default. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { Foundation } from '../../foundation.ts';
import type { NodePool } from '../../node-pool.ts';
import { machine } from '../aks/pool-settings.ts';
import { platformOn } from '../self-managed/inventory.ts';

export const SYSTEM_POOL: Foundation['systemPool'] = {
  nodeSelector: { 'node-pool': 'system' },
  tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
};

/** What the kubelet and the system leave of four processors and 16 GiB. */
const ALLOCATABLE = { millicores: 3600, mebibytes: 14_000, pods: 110 } as const;
/** The same where etcd and the API server take their part. */
const BESIDE_CONTROL_PLANE = { millicores: 2400, mebibytes: 10_000, pods: 110 } as const;

export function nodePools(input: ClusterInput): readonly NodePool[] | undefined {
  // Where every machine does everything, no pool is apart from another.
  if (platformOn(input) === 'every-host') return undefined;
  const shared = platformOn(input) === 'control-plane';
  const three = { machine: machine(input), nodes: 3, zones: 3 };
  return [
    { ...three, pool: 'system', allocatable: shared ? BESIDE_CONTROL_PLANE : ALLOCATABLE },
    { ...three, pool: 'workload', allocatable: ALLOCATABLE },
  ];
}

/** Three of each role. */
const COUNT = { 'every-host': 3, 'control-plane': 6, system: 9 } as const;

export function machineCount(input: ClusterInput): number {
  return COUNT[platformOn(input)];
}

/** Twice the size where one machine carries what is spread over several elsewhere. */
export function machineSize(input: ClusterInput): string {
  const size = machine(input);
  return platformOn(input) === 'every-host' ? size.replace('D4', 'D16') : size;
}

export function processorsOf(input: ClusterInput): number {
  return platformOn(input) === 'every-host' ? 16 : 4;
}
