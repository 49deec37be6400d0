/** What ECS refuses, by what the tasks run on. Sizes of each workload are checked again by its variables. */
import type { Limit } from '../limits.ts';
import type { Variant } from './settings.ts';

const FARGATE: readonly Limit[] = [
  {
    name: 'CPU and memory of a task',
    fact: 'PLAT-02',
    says: 'A task on Fargate has at most 16 vCPU and 120 GB.',
    exceeded: has => has('largest-unit', 'very-large'),
  },
  {
    name: 'GPU',
    fact: 'PLAT-02',
    says: 'A task on Fargate has none; on Managed Instances it does.',
    exceeded: has => has('workload-kinds', 'gpu'),
  },
  {
    name: 'access to nodes',
    fact: 'PLAT-04D',
    says: 'Fargate has no instance to place an agent on.',
    exceeded: has => has('workload-kinds', 'agent'),
  },
];

export const LIMITS: Readonly<Record<Variant, readonly Limit[]>> = {
  'ecs-fargate': FARGATE,
  'ecs-express': [
    ...FARGATE,
    {
      name: 'protocols',
      fact: 'PLAT-04',
      says: 'Every service is behind a load balancer for HTTP.',
      exceeded: has => has('protocols', 'tcp', 'udp'),
    },
    {
      name: 'operating system',
      fact: 'PLAT-04B',
      says: 'Services run on Linux, and some of these need Windows.',
      exceeded: has => has('windows', 'yes'),
    },
  ],
  'ecs-managed-instances': [
    {
      name: 'operating system',
      fact: 'PLAT-04E',
      says: 'Instances run Linux, and some of these need Windows.',
      exceeded: has => has('windows', 'yes'),
    },
  ],
};
