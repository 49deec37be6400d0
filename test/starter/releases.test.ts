/** Signed releases, under Flux with a key and without one, and under a pipeline: mistakes that would let something unsigned through. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { releases } from '../checks/cross/releases.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkWorkflows } from '../checks/workflows.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const STACKS = {
  'in a network that is closed': starterOf('onprem-airgap'),
  'without a key': starterOf('platform-aws', { pins: { promotion: 'release-artifact' } }),
  'by a pipeline': starterOf('platform-aws', {
    pins: { promotion: 'release-artifact', gitops: 'push' },
    answers: { 'ci-runner': 'self-hosted' },
  }),
};

/** On machines of a cloud nothing but its own keys signs without Vault. */
const onMachines = (example: string, answers: Readonly<Record<string, string>> = {}) =>
  starterOf(example, {
    answers: { 'air-gap': 'yes', ...answers },
    pins: { promotion: 'release-artifact', gitops: 'flux', secrets: 'sops', egress: 'central-firewall' },
  });
const CLOUDS = {
  AWS: onMachines('platform-aws'),
  'Google Cloud': onMachines('ride-dispatch-gcp'),
  Azure: onMachines('city-services-azure', { windows: 'no' }),
};
const SCHEMAS = ['aws-6.25.0', 'azurerm-4.55.0', 'google-6.50.0'].map(providerSchemas);

describe.each(Object.entries(CLOUDS))('releases that a key of %s signs', (_name, { files, notGenerated }) => {
  test('are generated, and every part of the stack fits them', async () => {
    expect(notGenerated.filter(({ decision }) => decision === 'promotion')).toEqual([]);
    expect(releases.check(files).map(formatFinding)).toEqual([]);
    expect(await checkHcl(files, SCHEMAS)).toEqual([]);
    expect(await checkWorkflows(files)).toEqual([]);
    expect(files.get('scripts/verify-release.sh')).not.toContain(', and Vault never');
  });
});

test.each([
  [
    'AWS',
    replace('infra/aws-account/release-key.tf', 'SIGN_VERIFY', 'ENCRYPT_DECRYPT'),
    /makes no key that signs/,
  ],
  ['AWS', replace('infra/aws-account/release-key.tf', ':environment:release"', ':*"'), /lets others sign/],
  [
    'Google Cloud',
    replace('infra/gcp-project/release-key.tf', 'attribute.deploys/release', '*'),
    /lets others sign/,
  ],
  [
    'Azure',
    replace('.github/workflows/release.yaml', '    environment: release\n', ''),
    /runs in no environment/,
  ],
] as const)('a mistake with the key of %s is seen', (cloud, change, says) => {
  const found = releases.check(change(CLOUDS[cloud].files)).map(formatFinding);
  expect(found.filter(each => says.test(each))).not.toEqual([]);
});

describe.each(Object.entries(STACKS))('releases %s', (_name, { files, notGenerated }) => {
  test('are generated, and every part of the stack fits them', async () => {
    expect(notGenerated.filter(({ decision }) => decision === 'promotion')).toEqual([]);
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect(checkKustomizations(files).map(formatFinding)).toEqual([]);
    expect(await checkWorkflows(files)).toEqual([]);
  });
});

test('Argo CD, which would not verify them, keeps a folder for each environment and says why', () => {
  const { notGenerated, files } = starterOf('platform-aws', {
    pins: { promotion: 'release-artifact', gitops: 'argo-cd' },
  });
  expect(notGenerated).toContainEqual(
    expect.objectContaining({ decision: 'promotion', because: expect.stringContaining('argo-cd#22609') }),
  );
  expect([...files.keys()].filter(path => path.startsWith('releases/'))).toEqual([]);
});

const CLOSED: readonly Mutation[] = [
  {
    mistake: 'the cluster does not verify what it applies',
    change: replace(
      'clusters/production-hall-1/flux-instance.yaml',
      'path: /spec/verify',
      'path: /spec/suspend',
    ),
    code: 'releases',
    says: /has not verified/,
  },
  {
    mistake: 'a step reads Git past the release',
    change: replace('clusters/production-hall-1/apps.yaml', 'kind: OCIRepository', 'kind: GitRepository'),
    code: 'releases',
    says: /apps\.yaml.*reads Git/,
  },
  {
    mistake: 'a cluster names a release by a tag',
    change: replace('releases/production-hall-1', /sha256:0+/, 'v1.2.3'),
    code: 'releases',
    says: /names no release by its digest/,
  },
  {
    mistake: 'a release is built before it is checked',
    change: replace('.github/workflows/release.yaml', 'scripts/validate.sh', 'true'),
    code: 'releases',
    says: /check, push and sign in this order/,
  },
  {
    mistake: 'a tag moves to what nobody verified',
    change: replace('.github/workflows/promoted.yaml', 'scripts/verify-release.sh "$digest"', 'true'),
    code: 'releases',
    says: /moves a tag/,
  },
  {
    mistake: 'the sample workload is taken past Harbor',
    change: replace('apps/base/demo-web/deployment.yaml', /image: \S+\/ghcr\//, 'image: ghcr.io/'),
    code: 'through-mirror',
    says: /goes around the mirror/,
  },
  {
    mistake: 'the default-deny policy of a namespace is gone',
    change: drop('platform/namespaces/demo.yaml', 'name: default-deny'),
    code: 'namespace-baseline',
    says: /demo/,
  },
];

describe('a mistake in the releases of a closed network', () => {
  test.each(CLOSED)('$mistake', ({ change, code, says }) => {
    const tree = change(STACKS['in a network that is closed'].files);
    const findings = crossFindings(tree, code);
    expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(says));
  });
});
