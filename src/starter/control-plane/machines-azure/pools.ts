/** Machines by what runs on them, as the inventory makes them by default. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { Foundation } from '../../foundation.ts';
import type { NodePool } from '../../node-pool.ts';
import { machine } from '../aks/pool-settings.ts';
import { platformOn } from '../self-managed/inventory.ts';
import { WINDOWS_HOSTS, WINDOWS_ROLE, windowsHosts } from '../self-managed/windows/hosts.ts';

/** Windows runs on this architecture alone, whatever the others have. */
const WINDOWS_SIZE = 'Standard_D4s_v5';
const OF_WINDOWS = 4;

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

function machineCount(input: ClusterInput): number {
  return COUNT[platformOn(input)];
}

/** Twice the size where one machine carries what is spread over several elsewhere. */
function machineSize(input: ClusterInput): string {
  const size = machine(input);
  return platformOn(input) === 'every-host' ? size.replace('D4', 'D16') : size;
}

/** By the role of a machine. */
export function machineSizes(input: ClusterInput): Readonly<Record<string, string>> {
  const size = machineSize(input);
  return {
    'control-plane': size,
    system: size,
    workload: size,
    ...(windowsHosts(input) === null ? {} : { [WINDOWS_ROLE]: WINDOWS_SIZE }),
  };
}

/** Processors by the size of their machines; one machine more while another is made anew. */
export function processors(input: ClusterInput): ReadonlyMap<string, number> {
  const size = machineSize(input);
  const onLinux = (machineCount(input) + 1) * processorsOf(input);
  const onWindows = windowsHosts(input) === null ? 0 : WINDOWS_HOSTS * OF_WINDOWS;
  if (size === WINDOWS_SIZE || onWindows === 0) return new Map([[size, onLinux + onWindows]]);
  return new Map([
    [size, onLinux],
    [WINDOWS_SIZE, onWindows],
  ]);
}

function processorsOf(input: ClusterInput): number {
  return platformOn(input) === 'every-host' ? 16 : 4;
}
