/** Snapshots of Velero are there when the cluster is not: in Azure beside the nodes, and on OpenShift on AWS without the mark of the installer. */
import { expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { type Mutation, replace } from './mutation.ts';
import { openshiftOnAws } from './openshift-aws-stack.ts';
import { openshiftOnAzure } from './openshift-azure-stack.ts';
import { starterOf } from './platform-aws.ts';

const aws = openshiftOnAws({}, { backup: 'velero' });
const azure = openshiftOnAzure();
const aks = starterOf('city-services-azure', { pins: { backup: 'velero' } });

test.each([
  ['OpenShift on AWS', aws],
  ['OpenShift on Azure', azure],
  ['AKS', aks],
])('%s keeps them', (_name, { files }) => {
  expect(crossFindings(files, 'kept-snapshots')).toEqual([]);
  expect(files.get('docs/runbooks/restore.md')).toMatch(/[Ss]napshots (?:lie in the group|as well)/);
});

test('whoever takes the cluster down is told of them', () => {
  expect(aws.files.get('docs/runbooks/teardown.md')).toContain('[Restoring](restore.md) has the command');
  for (const { files } of [azure, aks])
    expect(files.get('docs/runbooks/teardown.md')).toContain('hold the group *CLUSTER_NAME* back');
});

const DELIVERED = 'delivery/platform-obs/velero.yaml';
const MUTATIONS: readonly (Mutation & { readonly of: typeof aws })[] = [
  {
    mistake: 'they lie with the nodes',
    of: aks,
    change: replace(DELIVERED, /resourceGroup: .*(?=\n +incremental)/, 'resourceGroup: ${NODE_GROUP}'),
    code: 'kept-snapshots',
    says: /goes with the nodes/,
  },
  {
    mistake: 'nothing may be written beside the nodes',
    of: azure,
    change: replace(
      'infra/machines/velero.tf',
      'Microsoft.Compute/snapshots/write',
      'Microsoft.Compute/snapshots/read',
    ),
    code: 'kept-snapshots',
    says: /may not keep snapshots/,
  },
  {
    mistake: 'the mark of the installer stays on them',
    of: aws,
    change: replace('docs/runbooks/restore.md', 'aws ec2 delete-tags', 'aws ec2 describe-tags'),
    code: 'kept-snapshots',
    says: /deletes them with the cluster/,
  },
];

test.each(MUTATIONS)('a check sees that $mistake', ({ of, change, code, says }) => {
  expect(crossFindings(change(of.files), code).map(formatFinding).join('\n')).toMatch(says);
});
