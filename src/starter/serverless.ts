/** What each serverless container service needs to be generated. */
import type { Id } from '../content/catalogue.ts';
import type { Stack } from '../engine/outcome.ts';
import type { MissingPart, NotGenerated } from './module.ts';
import type { StarterInput, StarterPart } from './part.ts';
import { answerOf, chosen, pickOf } from './picks.ts';
import { choicesNotWritten } from './serverless-service/choices.ts';
import { LIMITS as CLOUD_RUN_LIMITS } from './serverless-service/cloud-run/limits.ts';
import { cloudRun } from './serverless-service/cloud-run.ts';
import { LIMITS as CONTAINER_APPS_LIMITS } from './serverless-service/container-apps/limits.ts';
import { containerApps } from './serverless-service/container-apps.ts';
import { LIMITS as ECS_LIMITS } from './serverless-service/ecs/limits.ts';
import { ecsExpress, ecsFargate, ecsManagedInstances } from './serverless-service/ecs.ts';
import { exceededLimits, type Limit } from './serverless-service/limits.ts';
import type { ServerlessPart } from './serverless-service/serverless-part.ts';

export type ServerlessOption =
  | 'cloud-run'
  | 'ecs-fargate'
  | 'ecs-express'
  | 'ecs-managed-instances'
  | 'container-apps';

type Service = (input: StarterInput) => ServerlessPart;

export const SERVERLESS = {
  'cloud-run': cloudRun,
  'ecs-fargate': ecsFargate,
  'ecs-express': ecsExpress,
  'ecs-managed-instances': ecsManagedInstances,
  'container-apps': containerApps,
} satisfies Record<ServerlessOption, Service | NotGenerated>;

export const LIMITS: Readonly<Record<Id, readonly Limit[]>> = {
  'cloud-run': CLOUD_RUN_LIMITS,
  ...ECS_LIMITS,
  'container-apps': CONTAINER_APPS_LIMITS,
} satisfies Record<ServerlessOption, readonly Limit[]>;

export interface ServerlessHalf {
  readonly part: StarterPart | null;
  readonly missing: readonly MissingPart[];
  /** True where a pin asks for what is beyond a limit of the service. */
  readonly refused: boolean;
}

export function serverlessPart(input: StarterInput): ServerlessHalf {
  const { stack } = input;
  const pick = pickOf(stack, 'serverless-service');
  if (pick === null) return { part: null, missing: [], refused: false };
  const beyond = limitsPassed(stack);
  if (beyond.length > 0) return { part: null, missing: beyond, refused: isPinned(stack) };
  const entry = needsWindows(stack) ? WINDOWS : chosen<Service | NotGenerated>(SERVERLESS, pick);
  if (typeof entry !== 'function') {
    const missing = { decision: 'serverless-service', pick, because: entry.notGenerated };
    return { part: null, missing: [missing], refused: false };
  }
  const part = entry(input);
  return { part, missing: part.missing ?? choicesNotWritten(input), refused: false };
}

/** The limits of the chosen service that the answers go beyond, by name and fact. */
export function limitsPassed(stack: Stack): readonly MissingPart[] {
  const pick = pickOf(stack, 'serverless-service');
  return pick === null ? [] : exceededLimits({ stack }, pick, LIMITS[pick] ?? []);
}

const WINDOWS: NotGenerated = {
  notGenerated:
    'Containers for Windows are not generated: their tasks take another base, other users and other probes.',
};

const needsWindows = (stack: Stack) =>
  pickOf(stack, 'platform') === 'serverless' && answerOf(stack, 'windows') === 'yes';

const isPinned = (stack: Stack) =>
  stack.outcomes.some(
    outcome =>
      ['platform', 'serverless-service'].includes(outcome.decision) &&
      outcome.status === 'decided' &&
      outcome.pinned !== null,
  );
