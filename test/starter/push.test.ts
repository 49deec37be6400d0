/** A stack that a pipeline delivers: its objects, its scripts and workflows, and mistakes that only this way can have. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { CROSS_CHECKS, crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { checkWorkflows } from '../checks/workflows.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { ALL_KINDS, starterOf } from './platform-aws.ts';

const PUSHED = { pins: { gitops: 'push' }, answers: { 'ci-runner': 'self-hosted', ...ALL_KINDS } } as const;
const { files, notGenerated } = starterOf('platform-aws', PUSHED);

test('everything is generated', () => {
  expect(notGenerated.filter(({ decision }) => decision === 'gitops')).toEqual([]);
  expect([...files.keys()]).toContain('clusters/production/steps.yaml');
});

test('every object has the type of its kind', async () => {
  expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
});

test.each(CROSS_CHECKS)('$says', ({ check }) => {
  expect(check(files).map(formatFinding)).toEqual([]);
});

test('every kustomization builds, every workflow and every page is as its readers want it', async () => {
  expect(checkKustomizations(files).map(formatFinding)).toEqual([]);
  expect(await checkWorkflows(files)).toEqual([]);
  const pages = new Map([...files].filter(([path]) => /delivery-failed|README/.test(path)));
  expect((await checkMarkdown(pages)).filter(({ code }) => code !== 'dead-link')).toEqual([]);
});

test('platform/ is the same as under Flux, but for the tool itself', () => {
  const platform = (tree: ReadonlyMap<string, string>) =>
    [...tree]
      .filter(([file]) => file.startsWith('platform/'))
      .filter(
        ([file]) => !/flux|\/delivery\.yaml|layers\/|namespaces\/kustomization|network-policies/.test(file),
      )
      .map(([file, text]) => [file, text.replace(/^#.*\n/gm, '')]);
  expect(platform(files)).toEqual(platform(starterOf('platform-aws', { answers: ALL_KINDS }).files));
});

test.each(['deliver', 'compare', 'bootstrap'])('bash can read scripts/%s.sh', name => {
  const { status, stderr } = spawnSync('bash', ['-n'], {
    input: files.get(`scripts/${name}.sh`),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

const MISTAKES: readonly Mutation[] = [
  {
    mistake: 'a chart is named by no step',
    change: replace('clusters/production/steps.yaml', /^ +- cert-manager\n/m, ''),
    code: 'pipeline',
    says: /cert-manager is installed by 0 steps/,
  },
  {
    mistake: 'a step installs what is nowhere',
    change: replace('clusters/production/steps.yaml', /^( +- )cert-manager$/m, '$1cert-manger'),
    code: 'pipeline',
    says: /cert-manger, which is nowhere/,
  },
  {
    mistake: 'a chart comes in the step of the objects of its kinds',
    change: replace('clusters/production/steps.yaml', /^ +- external-secrets\n/m, ''),
    code: 'crds-first',
    says: /external-secrets, which comes nowhere/,
  },
  {
    mistake: 'a step is not waited for',
    change: replace('clusters/production/steps.yaml', /wait: 15m/, 'wait: "0"'),
    code: 'step-order',
    says: /does not wait/,
  },
  {
    mistake: 'a chart has another version than the table',
    change: replace('delivery/platform-core/cert-manager.yaml', /version: v[\d.]+/, 'version: v1.14.3'),
    code: 'supported-versions',
    says: /cert-manager is v1\.14\.3/,
  },
  {
    mistake: 'a chart reads values that are not there',
    change: replace('delivery/platform-core/karpenter.yaml', 'platform/karpenter/', 'platform/karpentr/'),
    code: 'missing',
    says: /karpentr/,
  },
  {
    mistake: 'a chart goes into a namespace that nobody makes',
    change: replace(
      'delivery/platform-core/cert-manager.yaml',
      'namespace: cert-manager',
      'namespace: certs',
    ),
    code: 'references',
    says: /Namespace \/certs/,
  },
  {
    mistake: 'nothing fills in a value of a chart',
    change: replace('delivery/variables/kustomization.yaml', /spec\.values\.txtOwnerId/, 'spec.chart'),
    code: 'variable',
    says: /CLUSTER_NAME/,
  },
  {
    mistake: 'workloads are applied with rights that they do not have',
    change: replace('delivery/access/apps.yaml', /^ +- horizontalpodautoscalers\n/gm, ''),
    code: 'pipeline',
    says: /does not permit HorizontalPodAutoscaler/,
  },
  {
    mistake: 'a team changes its own limits',
    change: replace('apps/base/demo-web/service.yaml', /kind: Service\n/, 'kind: LimitRange\n'),
    code: 'pipeline',
    says: /does not permit LimitRange/,
  },
  {
    mistake: 'who compares may change what it sees',
    change: drop('delivery/access/compare.yaml', 'kind: ValidatingAdmissionPolicyBinding'),
    code: 'pipeline',
    says: /nothing keeps who compares/,
  },
  {
    mistake: 'who compares may read Secrets',
    change: replace('delivery/access/compare.yaml', /^( +- )serviceaccounts$/m, '$1secrets'),
    code: 'pipeline',
    says: /goes as far as secrets/,
  },
  {
    mistake: 'a job runs in an environment that no role trusts',
    change: replace(
      '.github/workflows/deliver.yaml',
      /environment: deliver-(\S+)-production$/m,
      'environment: $1',
    ),
    code: 'pipeline',
    says: /which nothing lends an identity/,
  },
  {
    mistake: 'clusters are delivered to at once',
    change: replace('.github/workflows/deliver.yaml', /^ +needs: \[staging-apps\]\n/m, ''),
    code: 'pipeline',
    says: /begin at once/,
  },
  {
    mistake: 'nothing compares a cluster with Git',
    change: replace('.github/workflows/compare.yaml', 'scripts/compare.sh production', 'scripts/compare.sh'),
    code: 'pipeline',
    says: /nothing compares it/,
  },
];

describe('a mistake in what the pipeline delivers', () => {
  test.each(MISTAKES)('$mistake', ({ change, code, says }) => {
    const tree = change(files);
    const findings = [...crossFindings(tree), ...checkKustomizations(tree)];
    expect(findings.filter(finding => finding.code === code).map(formatFinding)).toContainEqual(
      expect.stringMatching(says),
    );
  });
});

const elsewhere = (name: Parameters<typeof starterOf>[0]) =>
  starterOf(name, { pins: { gitops: 'push' }, answers: { 'ci-runner': 'self-hosted' } });
const ownHosts = elsewhere('harbour-pilots-kubeadm');

test.each([
  ['concert-tickets-gcp', elsewhere('concert-tickets-gcp')],
  ['ride-dispatch-gcp', elsewhere('ride-dispatch-gcp')],
  ['city-services-azure', elsewhere('city-services-azure')],
  ['regulated-azure', elsewhere('regulated-azure')],
  ['harbour-pilots-kubeadm', ownHosts],
  [
    'machines of AWS',
    starterOf('platform-aws', {
      pins: { gitops: 'push', 'control-plane': 'self-managed', cni: 'cilium', distribution: 'rke2' },
      answers: { 'ci-runner': 'self-hosted' },
    }),
  ],
  [
    'machines of Google Cloud',
    starterOf('concert-tickets-gcp', {
      pins: { gitops: 'push', 'control-plane': 'self-managed', cni: 'cilium', distribution: 'kubeadm' },
      answers: { 'ci-runner': 'self-hosted' },
    }),
  ],
])('on %s its parts fit together as well', async (_name, { files: tree, notGenerated: missing }) => {
  expect(missing.filter(({ decision }) => decision === 'gitops')).toEqual([]);
  expect(crossFindings(tree).map(formatFinding)).toEqual([]);
  expect(checkKustomizations(tree).map(formatFinding)).toEqual([]);
  expect(await checkWorkflows(tree)).toEqual([]);
});

describe("on hosts of one's own", () => {
  const AUTHENTICATION = 'infra/kubeadm/authentication.yaml';

  test('the API server knows jobs of this repository by their environment, and people as before', () => {
    const { jwt } = parse(ownHosts.files.get(AUTHENTICATION) ?? '') as {
      readonly jwt: readonly { readonly issuer: { readonly url: string; readonly audiences: string[] } }[];
    };
    expect(jwt.map(({ issuer }) => issuer.url)).toEqual([
      expect.stringContaining('replace-me-sign-in'),
      'https://token.actions.githubusercontent.com',
    ]);
    expect(jwt[1]?.issuer.audiences).toEqual(['__CLUSTER_NAME__']);
  });

  test('a job of an environment that the API server does not know is seen', () => {
    const tree = replace(
      AUTHENTICATION,
      'deliver-__CLUSTER_NAME__-apps',
      'deploy-__CLUSTER_NAME__-apps',
    )(ownHosts.files);
    expect(crossFindings(tree).map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/which nothing lends an identity/),
    );
  });

  test('kubectl is handed a token that ends before GitHub lets it end', () => {
    const { status, stdout } = spawnSync(
      'bash',
      [
        '-c',
        `curl() { echo '{"value":"abc"}'; }; yq() { cat >/dev/null; echo abc; }; set -- token staging; ${script('sign-in')}`,
      ],
      {
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x',
          ACTIONS_ID_TOKEN_REQUEST_URL: 'y',
        },
      },
    );
    expect(status).toBe(0);
    const { status: handed } = JSON.parse(stdout) as {
      readonly status: { readonly token: string; readonly expirationTimestamp: string };
    };
    expect(handed.token).toBe('abc');
    const seconds = (Date.parse(handed.expirationTimestamp) - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(60);
    expect(seconds).toBeLessThan(300);
  });

  const script = (name: string) => (ownHosts.files.get(`scripts/${name}.sh`) ?? '').replace(/^cd .*$/m, '');
});
