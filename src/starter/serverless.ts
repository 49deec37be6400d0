/** What each serverless container service needs to be generated. */
import type { MissingPart, NotGenerated } from './module.ts';
import type { StarterInput, StarterPart } from './part.ts';
import { chosen, pickOf } from './picks.ts';
import { cloudRun } from './serverless-service/cloud-run.ts';
import { LIMITS as CONTAINER_APPS_LIMITS } from './serverless-service/container-apps/limits.ts';
import { containerApps } from './serverless-service/container-apps.ts';
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

const LIMITS: Readonly<Record<string, readonly Limit[]>> = {
  'container-apps': CONTAINER_APPS_LIMITS,
} satisfies Partial<Record<ServerlessOption, readonly Limit[]>>;

export function serverlessPart(input: StarterInput): {
  readonly part: StarterPart | null;
  readonly missing: readonly MissingPart[];
} {
  const pick = pickOf(input.stack, 'serverless-service');
  if (pick === null) return { part: null, missing: [] };
  const entry = chosen<Service | NotGenerated>(SERVERLESS, pick);
  const beyond = exceededLimits(input, pick, LIMITS[pick] ?? []);
  if (beyond.length > 0) return { part: null, missing: beyond };
  if (typeof entry === 'function') {
    const part = entry(input);
    return { part, missing: part.missing ?? [] };
  }
  return {
    part: null,
    missing: [{ decision: 'serverless-service', pick, because: entry.notGenerated }],
  };
}
