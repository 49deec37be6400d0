/** What Cloud Run refuses. Sizes and durations of each workload are checked again by its variables. */
import type { Limit } from '../limits.ts';

export const LIMITS: readonly Limit[] = [
  {
    name: 'CPU and memory of a container',
    fact: 'PLAT-05',
    says: 'A container has at most 8 vCPU and 32 GiB.',
    exceeded: has => has('largest-unit', 'large', 'very-large'),
  },
  {
    name: 'duration of a request',
    fact: 'PLAT-05B',
    says: 'A request ends after 60 minutes, and there is no worker or job to move longer work into.',
    exceeded: has => has('max-duration', 'hours', 'days') && !has('workload-kinds', 'worker', 'batch'),
  },
  {
    name: 'duration of a run',
    fact: 'PLAT-05B',
    says: 'A task of a job ends after 168 hours.',
    exceeded: has => has('max-duration', 'days') && has('workload-kinds', 'worker', 'batch'),
  },
  {
    name: 'protocols',
    fact: 'PLAT-05',
    says: 'HTTP, WebSocket and gRPC are served, TCP and UDP are not.',
    exceeded: has => has('protocols', 'tcp', 'udp'),
  },
  {
    name: 'local state',
    fact: 'PLAT-05',
    says: 'An instance keeps nothing on a disk of its own.',
    exceeded: has => has('workload-kinds', 'stateful'),
  },
  {
    name: 'access to nodes',
    fact: 'PLAT-05',
    says: 'There is no node to place an agent on.',
    exceeded: has => has('workload-kinds', 'agent'),
  },
  {
    name: 'operating system',
    fact: 'PLAT-05',
    says: 'Containers run on Linux, and some of these need Windows.',
    exceeded: has => has('windows', 'yes'),
  },
  {
    name: 'architecture',
    fact: 'NODE-08',
    says: 'Images have to be built for amd64, and some of these are for arm64 only.',
    exceeded: has => has('architecture', 'arm64', 'both'),
  },
];
