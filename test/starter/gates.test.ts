/** Gates of a pipeline, whatever delivers: every cluster has one, in order, and follows nothing else. */
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkWorkflows } from '../checks/workflows.ts';
import { starterOf } from './platform-aws.ts';

const TOOLS = [
  {
    gitops: 'flux',
    workflow: 'promote',
    follows: ['clusters/production/flux-instance.yaml', 'ref: refs/heads/delivered/production'],
  },
  {
    gitops: 'argo-cd',
    workflow: 'promote',
    follows: ['clusters/production/root.yaml', 'targetRevision: delivered/production'],
  },
  {
    gitops: 'push',
    workflow: 'deliver',
    follows: ['.github/workflows/deliver.yaml', 'refs/heads/delivered/production'],
  },
] as const;

test.each(TOOLS)('under $gitops they open one after the other', async ({ gitops, workflow, follows }) => {
  const { files, notGenerated } = starterOf('platform-aws', {
    pins: { promotion: 'pipeline-gate', gitops },
    answers: { 'ci-runner': 'self-hosted' },
  });
  expect(notGenerated.filter(({ decision }) => decision === 'promotion')).toEqual([]);
  expect(files.get(follows[0])).toContain(follows[1]);
  const text = files.get(`.github/workflows/${workflow}.yaml`) ?? '';
  const { jobs } = parse(text) as {
    jobs: Record<string, { needs?: readonly string[]; environment?: string }>;
  };
  const first = Object.entries(jobs).filter(([, { needs }]) => needs === undefined);
  expect(first.map(([name]) => name)).toEqual(['checks']);
  const gates = Object.values(jobs).flatMap(({ environment }) => environment ?? []);
  expect(new Set(gates).size).toBe(gates.length);
  for (const cluster of ['development', 'staging', 'production'])
    expect(gates.filter(gate => gate.includes(cluster)).length).toBeGreaterThan(0);
  expect(await checkWorkflows(files)).toEqual([]);
  expect(crossFindings(files).map(formatFinding)).toEqual([]);
});
