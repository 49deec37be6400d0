/** What Container Apps refuses. Sizes of each workload are checked again by its variables. */
import type { Limit } from '../limits.ts';

export const LIMITS: readonly Limit[] = [
  {
    name: 'operating system',
    fact: 'PLAT-07',
    says: 'Containers run on Linux, and some of these need Windows.',
    exceeded: has => has('windows', 'yes'),
  },
  {
    name: 'architecture',
    fact: 'NODE-08',
    says: 'Images have to be built for amd64, and some of these are for arm64 only.',
    exceeded: has => has('architecture', 'arm64', 'both'),
  },
  {
    name: 'ingress protocols',
    fact: 'PLAT-07',
    says: 'The ingress takes no UDP.',
    exceeded: has => has('protocols', 'udp'),
  },
  {
    name: 'access to nodes',
    fact: 'PLAT-07',
    says: 'There is no node to place an agent on.',
    exceeded: has => has('workload-kinds', 'agent'),
  },
  {
    name: 'request timeout',
    fact: 'PLAT-07B',
    says: 'A request ends after 240 seconds, and there is no worker or job to move longer work into.',
    exceeded: has => has('max-duration', 'hours', 'days') && !has('workload-kinds', 'worker', 'batch'),
  },
  {
    name: 'CPU and memory of a replica',
    fact: 'PLAT-08',
    says: 'The largest workload profile has 32 vCPU and 256 GiB, and its node keeps a part for itself.',
    exceeded: has => has('largest-unit', 'very-large'),
  },
  {
    name: 'GPU profiles',
    fact: 'X-08',
    says: 'GPUs come as a few profiles in a few regions, by quota on request; none of them is generated.',
    exceeded: has => has('workload-kinds', 'gpu'),
  },
];
