/** The Cluster Autoscaler on EKS: what it may change, which groups it finds, and what a check sees. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkPromql } from '../checks/promql.ts';
import { type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const { files } = starterOf('platform-aws', {
  pins: { autoscaling: 'cluster-autoscaler', cni: 'cilium', edge: 'gateway-cilium' },
});
const VALUES = 'platform/cluster-autoscaler/values.yaml';

test('fits together, and stands in the infrastructure as AWS knows it', async () => {
  expect(crossFindings(files).map(formatFinding)).toEqual([]);
  expect(checkPromql(files).map(formatFinding)).toEqual([]);
  expect(await checkHcl(files, [providerSchemas('aws-6.25.0')])).toEqual([]);
});

test('counts no node whose network has not come up yet', () => {
  expect(files.get(VALUES)).toMatch(/^ {2}startup-taint: node\.cilium\.io\/agent-not-ready$/m);
});

const MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'an apply puts the number of nodes back',
    change: replace('infra/eks/nodes.tf', /^ +ignore_changes = .*$/m, ''),
    code: 'node-groups',
    says: /every apply resizes/,
  },
  {
    mistake: 'one group spans all zones',
    change: replace('infra/eks/nodes.tf', 'for_each = toset(local.zones)', 'count = 1'),
    code: 'node-groups',
    says: /not in that of the volume/,
  },
  {
    mistake: 'its rights reach the groups of every cluster',
    change: replace('infra/eks/cluster-autoscaler.tf', 'ResourceTag/k8s.io', 'ResourceTag/any'),
    code: 'node-groups',
    says: /groups of other clusters/,
  },
  {
    mistake: 'its role goes to an account that nobody makes',
    change: replace(
      'infra/eks/cluster-autoscaler.tf',
      'service_account = "cluster-autoscaler"',
      'service_account = "scaler"',
    ),
    code: 'identities',
    says: /which nothing of/,
  },
];

describe('a check sees that', () => {
  test.each(MUTATIONS)('$mistake', ({ change, code, says }) => {
    const found = crossFindings(change(files), code);
    expect(found.filter(({ place, message }) => says.test(`${place} ${message}`))).not.toEqual([]);
  });
});
