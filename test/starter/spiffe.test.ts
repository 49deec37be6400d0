/** SPIRE on hosts of one's own: whole, and which mistakes in it are seen. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const { files } = starterOf('steel-works-talos', { pins: { 'workload-identity': 'spiffe' } });
const IDENTITIES = 'platform-config/base/identities/workloads.yaml';

test('identities of SPIRE fit the rest of the stack', async () => {
  expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
  expect(crossFindings(files).map(formatFinding)).toEqual([]);
});

const MISTAKES: readonly Mutation[] = [
  {
    mistake: 'identities are of a class that nobody serves',
    change: replace(IDENTITIES, 'className: platform', 'className: default'),
    code: 'workload-identities',
    says: /class that nothing serves/,
  },
  {
    mistake: 'the platform gets identities as well',
    change: replace(IDENTITIES, 'operator: NotIn', 'operator: In'),
    code: 'workload-identities',
    says: /identities to the platform/,
  },
  {
    mistake: 'the issuer of the authority is gone',
    change: drop('platform/spire/authority.yaml', 'name: spire-upstream'),
    code: 'workload-identities',
    says: /issues nothing/,
  },
  {
    mistake: 'the kinds of SPIRE come from nowhere',
    change: replace('delivery/crds/kustomization.yaml', '  - spire-crds.yaml\n', ''),
    code: 'crds-first',
    says: /spire-crds/,
  },
];

describe('a mistake in identities', () => {
  test.each(MISTAKES)('$mistake', ({ change, code, says }) => {
    const tree = change(files);
    const findings = crossFindings(tree, code);
    expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(says));
  });
});
