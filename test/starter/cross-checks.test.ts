/** The cross-checks on the EKS and Flux starter and on its neighbours. */
import { describe, expect, test } from 'vitest';
import { CROSS_CHECKS } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { ALL_KINDS, OTHER_CHOICES, starterOf } from './platform-aws.ts';

const BARE = {
  organisation: undefined,
  domain: undefined,
  repository: undefined,
  regions: undefined,
  alertReceiver: undefined,
  network: undefined,
};
const STACKS = [
  { stack: 'as the example has it', changes: {} },
  { stack: 'without project details', changes: { project: BARE } },
  {
    stack: 'with backups by Velero, policies of the API server itself and every kind of workload',
    changes: { pins: OTHER_CHOICES, answers: ALL_KINDS },
  },
  {
    stack: 'with batch work alone',
    changes: { answers: { 'workload-kinds': ['batch'] } },
  },
  { stack: 'with Argo CD', changes: { pins: { gitops: 'argo-cd' } } },
  { stack: 'without a way in', changes: { answers: { protocols: ['tcp'] } } },
  {
    stack: 'with a cluster per region and tier',
    changes: {
      pins: { topology: 'cluster-per-region-and-tier' },
      answers: { regions: 2, 'criticality-tiers': 2, environments: 2 },
      project: { regions: ['eu-central-1', 'eu-west-1'], network: { vpc: '10.64.0.0/12' } },
    },
  },
  {
    stack: 'with a webhook for alerts and nodes of ARM',
    changes: {
      project: { alertReceiver: 'https://events.example.net:8443/in' },
      answers: { architecture: 'arm64' },
    },
  },
] as const;

describe.each(STACKS)('the parts of platform-aws $stack fit together', ({ changes }) => {
  const { files } = starterOf('platform-aws', changes);
  test.each(CROSS_CHECKS)('$says', ({ check }) => {
    expect(check(files).map(formatFinding)).toEqual([]);
  });
  test('every kustomization builds, every expression parses', () => {
    expect([...checkKustomizations(files), ...checkPromql(files)].map(formatFinding)).toEqual([]);
  });
});
