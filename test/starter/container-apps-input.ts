/** Inputs of a Container Apps starter, with the real table of releases. */
import type { Answer, Id } from '../../src/content/catalogue.ts';
import type { Project } from '../../src/content/project.ts';
import type { Outcome } from '../../src/engine/outcome.ts';
import type { StarterInput } from '../../src/starter/part.ts';
import { cloudRunInput, SHOP } from './cloud-run-input.ts';

const ADRS: Readonly<Record<Id, { number: number; path: string }>> = {
  platform: { number: 1, path: '0001-run-on-a-serverless-service.md' },
  'serverless-service': { number: 2, path: '0002-run-containers-on-container-apps.md' },
  'platform-defaults': { number: 3, path: '0003-platform-defaults.md' },
};

const AZURE_SHOP: Project = { ...SHOP, regions: ['westeurope'] };

export function containerAppsInput(
  answers: Readonly<Record<Id, Answer>> = {},
  picks: Readonly<Record<Id, Id>> = {},
  project: Project = AZURE_SHOP,
): StarterInput {
  const input = cloudRunInput(answers, project);
  const outcomes = Object.entries(picks).map(([decision, pick]) => ({ ...DECIDED, decision, pick }));
  return {
    ...input,
    stack: { ...input.stack, outcomes },
    adrOf: decision => ADRS[decision] ?? null,
  };
}

const DECIDED = { status: 'decided' } as Extract<Outcome, { readonly status: 'decided' }>;

export const PRIVATE = { 'workload-kinds': ['web', 'api', 'worker', 'batch'], protocols: ['http'] };

/** The shapes that a Container Apps starter takes. */
export const SHAPES: Readonly<Record<string, StarterInput>> = {
  'one public web service': containerAppsInput(),
  'web, worker and job in a network that exists': containerAppsInput(
    { ...PRIVATE, 'ci-runner': 'self-hosted', 'largest-unit': 'medium' },
    { network: 'existing-network', egress: 'central-firewall' },
  ),
  'web, worker and job behind a proxy': containerAppsInput(
    { ...PRIVATE, traffic: 'steady' },
    { egress: 'proxy', traces: 'none', 'image-signing': 'none' },
  ),
  'a worker through a central firewall': containerAppsInput(
    { 'workload-kinds': ['worker'] },
    { egress: 'central-firewall' },
  ),
  'a job with one address': containerAppsInput({ 'workload-kinds': ['batch'] }, { egress: 'open-nat' }),
  'only a name, without a way out': containerAppsInput(
    { 'workload-kinds': ['api'], protocols: ['grpc'], traffic: 'idle-mostly' },
    { egress: 'no-egress' },
    { name: 'x' },
  ),
};
