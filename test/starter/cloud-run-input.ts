/** Inputs of a Cloud Run starter, with the real table of releases. */
import type { Answer, Id } from '../../src/content/catalogue.ts';
import type { Project } from '../../src/content/project.ts';
import type { Outcome, Stack } from '../../src/engine/outcome.ts';
import type { StarterInput } from '../../src/starter/part.ts';
import { shippedCatalogue } from '../content/shipped.ts';

const ADRS: Readonly<Record<Id, { number: number; path: string }>> = {
  platform: { number: 1, path: '0001-run-on-a-serverless-service.md' },
  'serverless-service': { number: 2, path: '0002-run-containers-on-cloud-run.md' },
  'platform-defaults': { number: 3, path: '0003-platform-defaults.md' },
};

export const SHOP: Project = {
  name: 'shop',
  organisation: 'acme',
  domain: 'shop.example.com',
  repository: 'https://github.com/acme/shop-platform',
  regions: ['europe-west1'],
  teams: ['checkout'],
  alertReceiver: 'oncall@example.com',
};

export function cloudRunInput(
  answers: Readonly<Record<Id, Answer>> = {},
  project: Project = SHOP,
): StarterInput {
  const stack: Stack = {
    asOf: '2026-11-20',
    knowledge: '000000000000',
    outcomes: [],
    versions: { kubernetes: null, gatewayApi: null, components: {}, notices: [] },
    openQuestions: [],
    answers: new Map(Object.entries(answers)),
    assumed: [],
  };
  return { stack, catalogue: shippedCatalogue, project, adrOf: decision => ADRS[decision] ?? null };
}

/** The same stack with a decision more; what a starter reads of it is the pick. */
export function withPick({ stack, ...input }: StarterInput, decision: string, pick: string): StarterInput {
  const outcome = { decision, status: 'decided', pick } as unknown as Outcome;
  return { ...input, stack: { ...stack, outcomes: [...stack.outcomes, outcome] } };
}

/** The shapes that a Cloud Run starter takes. */
export const SHAPES: Readonly<Record<string, StarterInput>> = {
  'one web service': cloudRunInput(),
  'web, worker and job in two regions': cloudRunInput(
    { 'workload-kinds': ['web', 'api', 'worker', 'batch'], protocols: ['http'], traffic: 'steady' },
    { ...SHOP, regions: ['europe-west1', 'europe-west4'], network: { vpc: '10.8.0.0/16' } },
  ),
  'worker and job only, attested': withPick(
    cloudRunInput({ 'workload-kinds': ['worker', 'batch'] }),
    'image-signing',
    'binary-authorization',
  ),
  'closed: web, worker and job in two regions': withPick(
    cloudRunInput(
      { 'workload-kinds': ['web', 'api', 'worker', 'batch'] },
      { ...SHOP, regions: ['europe-west1', 'europe-west4'] },
    ),
    'egress',
    'no-egress',
  ),
  'closed: worker only': withPick(cloudRunInput({ 'workload-kinds': ['worker'] }), 'egress', 'no-egress'),
  'only a name, no traces': withPick(
    cloudRunInput({ 'workload-kinds': ['api'], protocols: ['grpc'], traffic: 'idle-mostly' }, { name: 'x' }),
    'traces',
    'none',
  ),
};
