/** What the answers and the project details mean for any serverless container service. */
import { splitRange } from '../cidr.ts';
import { domainOf } from '../names.ts';
import type { StarterInput } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';
import { TOKENS } from '../placeholder-tokens.ts';

/** Kinds of work that every one of these services has a resource for. */
export const WORKLOADS = ['web', 'worker', 'job'] as const;
export type Workload = (typeof WORKLOADS)[number];

export interface Environment {
  readonly name: 'staging' | 'production';
  readonly production: boolean;
  readonly domain: string;
  readonly networkCidr: string;
  /** Of the web service, in each region. */
  readonly minInstances: number;
}

export interface Settings {
  readonly name: string;
  readonly workloads: readonly Workload[];
  /** In the order in which a change reaches them. */
  readonly environments: readonly [Environment, ...Environment[]];
  readonly regions: readonly [string, ...string[]];
  readonly alertReceiver: string;
  /** True where gRPC is the only protocol: the container then speaks HTTP/2 without TLS. */
  readonly http2: boolean;
}

export const REGION_TOKEN = 'replace-me-region';
/** GitHub's number of the repository: names come back to life under other owners, numbers do not. */
export const REPOSITORY_ID_TOKEN = 'REPLACE_ME_GITHUB_REPOSITORY_ID';

const ADDRESS_POOL = '10.40.0.0/16';
/** Beside a cluster, which takes the project's own range: none that its defaults use either. */
const POOL_BESIDE_A_CLUSTER = '10.200.0.0/16';

/** Each environment gets a range of `networkPrefix` out of the project's own, or out of ours. */
export function commonSettings(input: StarterInput, networkPrefix: number): Settings {
  const { project, stack } = input;
  const [first = REGION_TOKEN, ...more] = project.regions ?? [];
  return {
    name: project.name,
    workloads: workloadsOf(input),
    environments: environmentsOf(input, networkPrefix),
    regions: [first, ...more],
    alertReceiver: project.alertReceiver ?? `${TOKENS.alertReceiver}@example.com`,
    http2: JSON.stringify(answerOf(stack, 'protocols')) === '["grpc"]',
  };
}

/** The values of a multi answer; none where it was not asked. */
export function namesIn({ stack }: StarterInput, question: string): readonly string[] {
  const answer = answerOf(stack, question);
  return Array.isArray(answer) ? (answer as readonly string[]) : [];
}

/** A service that answers requests, unless the answers name other work only. */
function workloadsOf(input: StarterInput): readonly Workload[] {
  const kinds = namesIn(input, 'workload-kinds');
  const asked: Readonly<Record<Workload, boolean>> = {
    web: kinds.includes('web') || kinds.includes('api'),
    worker: kinds.includes('worker'),
    job: kinds.includes('batch'),
  };
  const named = WORKLOADS.filter(workload => asked[workload]);
  return named.length === 0 ? ['web'] : named;
}

function environmentsOf(
  input: StarterInput,
  networkPrefix: number,
): readonly [Environment, ...Environment[]] {
  const domain = domainOf(input);
  const beside = pickOf(input.stack, 'platform') === 'both';
  const pool = beside ? POOL_BESIDE_A_CLUSTER : (input.project.network?.vpc ?? ADDRESS_POOL);
  const [staging = pool, production = pool] = splitRange(pool, 2, networkPrefix);
  return [
    {
      name: 'staging',
      production: false,
      domain: `staging.${domain}`,
      networkCidr: staging,
      minInstances: 0,
    },
    {
      name: 'production',
      production: true,
      domain,
      networkCidr: production,
      minInstances: answerOf(input.stack, 'traffic') === 'idle-mostly' ? 1 : 2,
    },
  ];
}
