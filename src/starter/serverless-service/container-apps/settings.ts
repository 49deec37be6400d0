/** What the answers and the picks mean for Container Apps. */
import type { StarterInput } from '../../part.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { takesTraces } from '../choices.ts';
import * as common from '../settings.ts';

export interface Environment extends common.Environment {
  /** Placeholder for the Azure subscription, one per environment. */
  readonly subscription: string;
}

/** How traffic leaves: the options of the decision `egress`. */
export const EGRESS = ['dns-policy', 'open-nat', 'central-firewall', 'proxy', 'no-egress'] as const;
export type Egress = (typeof EGRESS)[number];

/** A workload profile that the largest container fits. */
export interface Profile {
  readonly name: 'Consumption' | 'dedicated';
  readonly type: string;
  readonly cpu: number;
  readonly gibibytes: number;
}

export interface Settings extends common.Settings {
  readonly environments: readonly [Environment, ...Environment[]];
  readonly location: string;
  readonly network: 'created' | 'existing';
  /** Reached from the internet; otherwise from its network only. */
  readonly exposed: boolean;
  readonly egress: Egress;
  /** Whether pipelines run outside the network, so that registry and state have to be reached from there. */
  readonly runners: 'outside' | 'inside';
  readonly profile: Profile;
  /** Whether the pipeline signs images and asks for the signature before it deploys them. */
  readonly signed: boolean;
  readonly traced: boolean;
  /** Of logs in production. */
  readonly retentionDays: number;
}

export const CONSUMPTION: Profile = { name: 'Consumption', type: 'Consumption', cpu: 4, gibibytes: 8 };
/** The runtime keeps a little of each node, so a container needs a larger one than its own size. */
const DEDICATED: Readonly<Record<string, Profile>> = {
  medium: { name: 'dedicated', type: 'D16', cpu: 16, gibibytes: 64 },
  large: { name: 'dedicated', type: 'E32', cpu: 32, gibibytes: 256 },
};

/** How the subnet fills up: nodes of a profile have addresses of their own. */
export const addressesOf = ({ profile }: Pick<Settings, 'profile'>): string =>
  `${profile.name === 'Consumption' ? 'Ten replicas share one address' : 'Each node of the workload profile takes one address'} of the subnet, and a change needs twice as many for a while.`;

/** Days; a workspace keeps two years at most. */
const RETENTION: Readonly<Record<string, number>> = { year: 365, years: 730 };

/** Half for the environment, the rest for private endpoints and a firewall. */
const NETWORK_PREFIX = 22;
/** One for each zone. */
const ZONES = 3;

export function settingsOf(input: StarterInput): Settings {
  const { stack } = input;
  const settings = common.commonSettings(input, NETWORK_PREFIX);
  const [first, ...more] = settings.environments;
  const idle = answerOf(stack, 'traffic') === 'idle-mostly';
  const network = pickOf(stack, 'network') === 'existing-network' ? 'existing' : 'created';
  return {
    ...settings,
    environments: [ours(first, idle), ...more.map(environment => ours(environment, idle))],
    location: settings.regions[0],
    network,
    exposed: network === 'created' && settings.workloads.includes('web'),
    egress: egressOf(input),
    runners: ['hosted-in-network', 'self-hosted'].includes(String(answerOf(stack, 'ci-runner')))
      ? 'inside'
      : 'outside',
    profile: DEDICATED[String(answerOf(stack, 'largest-unit'))] ?? CONSUMPTION,
    signed: ['sigstore', null].includes(pickOf(stack, 'image-signing')),
    traced: takesTraces(input),
    retentionDays: RETENTION[String(answerOf(stack, 'log-retention'))] ?? 90,
  };
}

function ours(environment: common.Environment, idle: boolean): Environment {
  return {
    ...environment,
    subscription: `replace-me-${environment.name}-subscription`,
    minInstances: environment.production && !idle ? ZONES : environment.minInstances,
  };
}

function egressOf({ stack }: StarterInput): Egress {
  const pick = pickOf(stack, 'egress');
  return EGRESS.find(egress => egress === pick) ?? 'dns-policy';
}
