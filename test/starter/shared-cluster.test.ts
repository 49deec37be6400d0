/** One cluster for several teams, as examples/city-libraries-aws.yaml has it, and mistakes that only sharing can have. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const { files } = starterOf('city-libraries-aws');

test('every object has the type of its kind, and all parts fit together', async () => {
  const findings = [
    ...(await checkKubernetes(files)),
    ...crossFindings(files),
    ...checkKustomizations(files),
  ];
  expect(findings.map(formatFinding)).toEqual([]);
});

test('environments become namespaces where there are several', () => {
  const tree = starterOf('city-libraries-aws', {
    answers: { environments: 2 },
    pins: { topology: 'shared-cluster' },
  }).files;
  expect(tree.has('platform/namespaces/team-north-production.yaml')).toBe(true);
  expect(tree.has('platform/namespaces/team-north-staging.yaml')).toBe(true);
  expect(crossFindings(tree).map(formatFinding)).toEqual([]);
});

test('a cluster per tenant has one for each of them, with addresses of its own', () => {
  const tree = starterOf('city-libraries-aws', {
    answers: { environments: 2, tenants: 'customers' },
    pins: { topology: 'cluster-per-tenant', 'tenant-isolation': 'cluster' },
  }).files;
  const clusters = new Set([...tree.keys()].flatMap(file => /^clusters\/([^/]+)\//.exec(file)?.[1] ?? []));
  expect([...clusters].sort()).toEqual([
    'staging',
    'tenant-central',
    'tenant-harbour',
    'tenant-north',
    'tenant-university',
  ]);
  expect(crossFindings(tree).map(formatFinding)).toEqual([]);
});

const NORTH = 'platform/namespaces/team-north.yaml';
const MISTAKES: readonly Mutation[] = [
  {
    mistake: 'a team has no quota',
    change: drop(NORTH, 'kind: ResourceQuota'),
    code: 'teams',
    says: /team-north has no quota/,
  },
  {
    mistake: 'containers of a team have no limits by default',
    change: drop(NORTH, 'kind: LimitRange'),
    code: 'teams',
    says: /team-north has no default limits/,
  },
  {
    mistake: 'a team reads what another one runs',
    change: replace('platform-config/base/team-access/teams.yaml', 'name: oidc:harbour', 'name: oidc:north'),
    code: 'teams',
    says: /oidc:north reads team-harbour/,
  },
  {
    mistake: 'pods of one team reach those of another',
    change: replace(
      NORTH,
      'kubernetes.io/metadata.name: team-north',
      'kubernetes.io/metadata.name: team-harbour',
    ),
    code: 'teams',
    says: /team-north.*team-harbour/,
  },
];

describe('a mistake in a shared cluster', () => {
  test.each(MISTAKES)('$mistake', ({ change, code, says }) => {
    const findings = crossFindings(change(files), code);
    expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(says));
  });
});
