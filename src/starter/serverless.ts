/** What each serverless container service needs to be generated. */
import type { MissingPart, NotGenerated } from './module.ts';
import type { StarterInput, StarterPart } from './part.ts';
import { chosen, pickOf } from './picks.ts';
import { cloudRun } from './serverless-service/cloud-run.ts';
import { ecsExpress, ecsFargate, ecsManagedInstances } from './serverless-service/ecs.ts';

export type ServerlessOption =
  | 'cloud-run'
  | 'ecs-fargate'
  | 'ecs-express'
  | 'ecs-managed-instances'
  | 'container-apps';

type Service = (input: StarterInput) => StarterPart;

export const SERVERLESS = {
  'cloud-run': cloudRun,
  'ecs-fargate': ecsFargate,
  'ecs-express': ecsExpress,
  'ecs-managed-instances': ecsManagedInstances,
  'container-apps': { notGenerated: 'Azure Container Apps is not generated yet.' },
} satisfies Record<ServerlessOption, Service | NotGenerated>;

export function serverlessPart(input: StarterInput): {
  readonly part: StarterPart | null;
  readonly missing: readonly MissingPart[];
} {
  const pick = pickOf(input.stack, 'serverless-service');
  if (pick === null) return { part: null, missing: [] };
  const entry = chosen<Service | NotGenerated>(SERVERLESS, pick);
  if (typeof entry === 'function') return { part: entry(input), missing: [] };
  return {
    part: null,
    missing: [{ decision: 'serverless-service', pick, because: entry.notGenerated }],
  };
}
