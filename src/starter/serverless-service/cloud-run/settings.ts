/** What the answers and the project details mean for Cloud Run. */
import { splitRange } from '../../cidr.ts';
import { domainOf } from '../../names.ts';
import type { StarterInput } from '../../part.ts';
import { answerOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';

/** Kinds of work that Cloud Run has a resource for. */
export const WORKLOADS = ['web', 'worker', 'job'] as const;
export type Workload = (typeof WORKLOADS)[number];

export interface Environment {
  readonly name: string;
  readonly production: boolean;
  /** Placeholder for the Google Cloud project, one per environment. */
  readonly project: string;
  readonly domain: string;
  readonly networkCidr: string;
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

/** Wide enough for eight regions with 512 addresses each. */
const ADDRESS_POOL = '10.40.0.0/16';
const NETWORK_PREFIX = 20;

export function settingsOf(input: StarterInput): Settings {
  const { project } = input;
  const [first = REGION_TOKEN, ...more] = project.regions ?? [];
  const regions = [first, ...more] as const;
  return {
    name: project.name,
    workloads: workloadsOf(input),
    environments: environmentsOf(input),
    regions,
    alertReceiver: project.alertReceiver ?? `${TOKENS.alertReceiver}@example.com`,
    http2: JSON.stringify(answerOf(input.stack, 'protocols')) === '["grpc"]',
  };
}

/** A service that answers requests, unless the answers name other work only. */
function workloadsOf({ stack }: StarterInput): readonly Workload[] {
  const answer = answerOf(stack, 'workload-kinds');
  const kinds = Array.isArray(answer) ? (answer as readonly string[]) : [];
  const asked: Readonly<Record<Workload, boolean>> = {
    web: kinds.includes('web') || kinds.includes('api'),
    worker: kinds.includes('worker'),
    job: kinds.includes('batch'),
  };
  const named = WORKLOADS.filter(workload => asked[workload]);
  return named.length === 0 ? ['web'] : named;
}

function environmentsOf(input: StarterInput): readonly [Environment, ...Environment[]] {
  const domain = domainOf(input);
  const pool = input.project.network?.vpc ?? ADDRESS_POOL;
  const [staging = pool, production = pool] = splitRange(pool, 2, NETWORK_PREFIX);
  return [
    {
      name: 'staging',
      production: false,
      project: 'replace-me-staging-project',
      domain: `staging.${domain}`,
      networkCidr: staging,
      minInstances: 0,
    },
    {
      name: 'production',
      production: true,
      project: 'replace-me-production-project',
      domain,
      networkCidr: production,
      minInstances: answerOf(input.stack, 'traffic') === 'idle-mostly' ? 1 : 2,
    },
  ];
}
