/** A stack that Argo CD delivers: its objects, and mistakes that only its way of delivery can have. */
import { describe, expect, test } from 'vitest';
import type { FileTree } from '../../src/files/tree.ts';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const { files } = starterOf('platform-aws', { pins: { gitops: 'argo-cd' } });

test('every object has the type of its kind', async () => {
  expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
});

test('platform/ is the same under every tool of delivery, but for the tool itself', () => {
  const platform = (tree: ReadonlyMap<string, string>) =>
    [...tree]
      .filter(([file]) => file.startsWith('platform/'))
      .filter(([file]) => !/flux|argo|layers\/|namespaces\/kustomization|network-policies/.test(file))
      .map(([file, text]) => [file, text.replace(/^#.*\n/gm, '')]);
  expect(platform(files)).toEqual(platform(starterOf('platform-aws').files));
});

test('in a closed network Argo CD is given the authorities of Harbor and of the Git server', () => {
  const closed = starterOf('onprem-airgap', { pins: { gitops: 'argo-cd' } }).files;
  const bootstrap = closed.get('scripts/bootstrap.sh') ?? '';
  const made = bootstrap.indexOf('create configmap argocd-tls-certs-cm');
  expect(made).toBeGreaterThan(0);
  expect(made).toBeLessThan(bootstrap.indexOf('helm upgrade --install argo-cd'));
  expect(bootstrap).toContain('--from-file=git.example.com=platform/namespaces/authorities.pem');
  expect(closed.get('platform/argo-cd/values.yaml')).toContain('tls:\n    create: false\n');
  expect(files.get('scripts/bootstrap.sh')).not.toContain('argocd-tls-certs-cm');
});

const MISTAKES: readonly Mutation[] = [
  {
    mistake: 'Argo CD is installed before anybody has made its client',
    change: replace('README.md', /^(\d+\.) Make a public client/m, '$1 Name the client'),
    code: 'beginning',
    says: /before the client that stands for Argo CD/,
  },
  {
    mistake: 'nothing tells Argo CD when a child is ready',
    change: replace(
      'platform/argo-cd/values.yaml',
      'resource.customizations.health.argoproj.io_Application',
      'resource.customizations.health.argoproj.io_App',
    ),
    code: 'step-order',
    says: /does not wait/,
  },
  {
    mistake: 'a chart comes after the objects of its kinds',
    change: replace('delivery/platform-core/cert-manager.yaml', 'sync-wave: "21"', 'sync-wave: "45"'),
    code: 'crds-first',
    says: /ClusterIssuer.*cert-manager/,
  },
  {
    mistake: 'namespaces come in a wave with what runs in them',
    change: replace('clusters/production/platform-config.yaml', 'sync-wave: "40"', 'sync-wave: "0"'),
    code: 'crds-first',
    says: /needs/,
  },
  {
    mistake: 'a project does not know a publisher',
    change: replace('delivery/projects/platform.yaml', '    - quay.io/jetstack/charts\n', ''),
    code: 'projects',
    says: /quay\.io\/jetstack\/charts is no source/,
  },
  {
    mistake: 'a project has no way into a namespace',
    change: replace('delivery/projects/platform.yaml', 'namespace: logging', 'namespace: logs'),
    code: 'projects',
    says: /no way into the namespace logging/,
  },
  {
    mistake: 'a kind without a namespace is not permitted',
    change: drop('delivery/projects/platform.yaml', 'kind: AppProject'),
    code: 'projects',
    says: /which is nowhere/,
  },
  {
    mistake: 'a team changes its own limits',
    change: replace('apps/base/demo-web/service.yaml', /kind: Service\n/, 'kind: LimitRange\n'),
    code: 'projects',
    says: /does not permit/,
  },
  {
    mistake: 'a team has a way into the namespaces of the platform',
    change: replace('delivery/projects/team-demo.yaml', 'namespace: demo', 'namespace: monitoring'),
    code: 'projects',
    says: /team-demo reaches monitoring/,
  },
  {
    mistake: 'an Application states a namespace that its project does not name',
    change: replace('clusters/staging/apps.yaml', 'namespace: demo', 'namespace: argocd'),
    code: 'projects',
    says: /no way into the namespace argocd/,
  },
  {
    mistake: 'a child follows the branch by itself',
    change: replace('clusters/staging/apps.yaml', 'platform/reads', 'platform/read'),
    code: 'one-commit',
    says: /apps follows/,
  },
  {
    mistake: 'the root does not know its commit',
    change: replace(
      'clusters/staging/root.yaml',
      'commonAnnotationsEnvsubst: true',
      'commonAnnotationsEnvsubst: false',
    ),
    code: 'one-commit',
    says: /does not say/,
  },
  {
    mistake: 'nothing fills in a value of a chart',
    change: replace(
      'delivery/variables/kustomization.yaml',
      /sources\.0\.helm\.valuesObject\.txtOwnerId/,
      'sources.0.chart',
    ),
    code: 'variable',
    says: /CLUSTER_NAME/,
  },
  {
    mistake: 'nobody may ask for rendered manifests',
    change: drop('platform/namespaces/argocd.yaml', 'name: manifests-asked-for'),
    code: 'reachability',
    says: /rendered manifests/,
  },
  {
    mistake: 'a chart reads values that are not there',
    change: replace(
      'delivery/platform-core/karpenter.yaml',
      '$values/platform/karpenter/',
      '$values/platform/karpentr/',
    ),
    code: 'missing',
    says: /karpentr/,
  },
];

describe('a mistake in what Argo CD delivers', () => {
  test.each(MISTAKES)('$mistake', ({ change, code, says }) => {
    const tree = change(files);
    const findings = [...crossFindings(tree), ...checkKustomizations(tree)];
    expect(findings.filter(finding => finding.code === code).map(formatFinding)).toContainEqual(
      expect.stringMatching(says),
    );
  });
});

const shared = starterOf('city-libraries-aws', { pins: { gitops: 'argo-cd' } }).files;

test('every team of a shared cluster has a project of its own, which its group alone reads', () => {
  const projects = [...shared.keys()].flatMap(
    path => /^delivery\/projects\/(team-.+)\.yaml$/.exec(path)?.[1] ?? [],
  );
  expect(projects.length).toBeGreaterThan(2);
  const values = shared.get('platform/argo-cd/values.yaml') ?? '';
  for (const project of projects) expect(values).toContain(`applications, sync, ${project}/*, allow`);
  expect(crossFindings(shared).map(formatFinding)).toEqual([]);
});

const RIGHTS = 'platform-config/base/team-delivery/role.yaml';
const ACCOUNTS = 'platform-config/base/team-delivery/teams.yaml';
const FLUX = starterOf('city-libraries-aws', { pins: { gitops: 'flux' } }).files;
const MIXED_UP: readonly (Mutation & { readonly tree: FileTree })[] = [
  {
    tree: shared,
    mistake: 'nothing delivers for a team of Argo CD',
    change: replace('clusters/shared/kustomization.yaml', '  - apps-north.yaml\n', ''),
    code: 'team-delivery',
    says: /nothing delivers for north alone/,
  },
  {
    tree: shared,
    mistake: 'workloads of a team stand in the project of another',
    change: replace('clusters/shared/apps-north.yaml', 'project: team-north', 'project: team-harbour'),
    code: 'team-delivery',
    says: /north reaches team-harbour/,
  },
  {
    tree: shared,
    mistake: 'a team syncs what is not its own',
    change: replace('platform/argo-cd/values.yaml', 'sync, team-north/*', 'sync, */*'),
    code: 'team-delivery',
    says: /north syncs \*\/\*/,
  },
  {
    tree: shared,
    mistake: 'pods of a team come with the samples',
    change: replace('apps/base/demo-web/deployment.yaml', 'namespace: demo', 'namespace: team-north'),
    code: 'team-delivery',
    says: /demo-web of north comes with apps/,
  },
  {
    tree: FLUX,
    mistake: 'Flux applies the workloads of a team as itself',
    change: replace('clusters/shared/apps-north.yaml', 'Name: team-north', 'Name: kustomize-controller'),
    code: 'team-delivery',
    says: /north may bring nothing into team-north/,
  },
  {
    tree: FLUX,
    mistake: 'the account of a team reaches the namespace of another',
    change: replace(ACCOUNTS, 'namespace: team-harbour', 'namespace: team-north'),
    code: 'team-delivery',
    says: /harbour reaches team-north/,
  },
  {
    tree: FLUX,
    mistake: 'a team may raise its own quota',
    change: replace(RIGHTS, '- configmaps\n', '- configmaps\n      - resourcequotas\n'),
    code: 'team-delivery',
    says: /may bring a ResourceQuota/,
  },
  {
    tree: new Map([
      ...FLUX,
      [
        'apps/teams/shared/north/kustomization.yaml',
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - ../../../base/demo-web\n',
      ],
    ]),
    mistake: 'the account of a team may not bring what its services are made of',
    change: replace(RIGHTS, '- httproutes\n', '- grpcroutes\n'),
    code: 'team-delivery',
    says: /nobody may apply HTTPRoute/,
  },
];

describe('a mistake in what is delivered for teams', () => {
  test.each(MIXED_UP)('$mistake', ({ tree, change, code, says }) => {
    expect(crossFindings(change(tree), code).map(formatFinding)).toContainEqual(expect.stringMatching(says));
  });
});
