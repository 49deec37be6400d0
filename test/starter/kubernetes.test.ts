/** Every object of the EKS and Flux starter, against published types and as each cluster would get it. */
import { describe, expect, test } from 'vitest';
import { formatFinding } from '../checks/finding.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { ALL_KINDS, OTHER_CHOICES, starterOf } from './platform-aws.ts';

describe.each([
  { stack: 'as advised', changes: {} },
  {
    stack: 'with other choices and every kind of workload',
    changes: { pins: OTHER_CHOICES, answers: ALL_KINDS },
  },
])('the starter of platform-aws $stack', ({ changes }) => {
  const { files } = starterOf('platform-aws', changes);

  test('every object has the type of its kind and a name of its own', async () => {
    expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
  });
  test('every kustomization builds and no file is left out', () => {
    expect(checkKustomizations(files).map(formatFinding)).toEqual([]);
  });
  test('every expression parses and every alert has a runbook', () => {
    expect(checkPromql(files).map(formatFinding)).toEqual([]);
  });
});
