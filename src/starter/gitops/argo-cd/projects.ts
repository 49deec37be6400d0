/** delivery/projects: what the root, the platform and the teams may have applied, and from where. */
import type { IAppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1';
import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import { headline } from '../../headline.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { ModuleInput } from '../../module.ts';
import { chartOf } from '../../release.ts';
import type { Workplace } from '../delivery.ts';
import { kustomization } from '../tree/kustomization.ts';
import { ARGO_NAMESPACE, gitUrl, IN_CLUSTER, PROJECTS, REVISION, teamProjects, WAVE } from './names.ts';

type Kinds = NonNullable<IAppProject['spec']['clusterResourceWhitelist']>;

/** Kinds without a namespace that charts bring; those of this repository itself are read from its objects. */
const OF_CHARTS: Kinds = [
  { group: 'admissionregistration.k8s.io', kind: '*' },
  { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', kind: 'APIService' },
  { group: 'networking.k8s.io', kind: 'IngressClass' },
  { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
  { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
];

export function projectFiles(
  input: ModuleInput,
  workplace: Workplace,
  own: readonly KubernetesObject[],
): FileTree {
  const files = new Map<string, string>();
  for (const project of projects(input, workplace, own))
    files.set(
      `delivery/projects/${project.metadata?.name}.yaml`,
      writeYaml([project], { comment: headline(input, 'gitops', project.spec.description ?? '') }),
    );
  const names = [...files.keys()].map(path => path.slice('delivery/projects/'.length));
  const says = 'What may be applied, by whom, from where.';
  files.set(
    'delivery/projects/kustomization.yaml',
    writeYaml([kustomization(names)], { comment: headline(input, 'gitops', says) }),
  );
  return files;
}

function projects(
  input: ModuleInput,
  workplace: Workplace,
  own: readonly KubernetesObject[],
): readonly IAppProject[] {
  return [
    project(PROJECTS.root, {
      description: 'The root: Applications and projects in the namespace of Argo CD, and nothing else.',
      sourceRepos: [gitUrl(input)],
      destinations: [{ server: IN_CLUSTER, namespace: ARGO_NAMESPACE }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: ['Application', 'ApplicationSet', 'AppProject'].map(kind => ({
        group: 'argoproj.io',
        kind,
      })),
    }),
    project(PROJECTS.platform, {
      description:
        'The platform: its charts and manifests from where they are published, in its own namespaces.',
      sourceRepos: [gitUrl(input), ...publishers(input, workplace)],
      destinations: [
        ...workplace.namespaces.map(({ name }) => name),
        ...input.foundation.givenNamespaces.map(({ name }) => name),
        // Where nodes and Karpenter hold their leases.
        'kube-node-lease',
      ].map(namespace => ({ server: IN_CLUSTER, namespace })),
      clusterResourceWhitelist: withoutNamespace(own),
    }),
    ...teamProjects(workplace).map(({ team, name, namespaces }) =>
      project(name, {
        description: `Workloads of ${team}: in its own namespaces, without rights, and without the limits that the platform sets.`,
        sourceRepos: [gitUrl(input)],
        destinations: namespaces.map(namespace => ({ server: IN_CLUSTER, namespace })),
        clusterResourceWhitelist: [],
        namespaceResourceBlacklist: [
          { group: '', kind: 'ResourceQuota' },
          { group: '', kind: 'LimitRange' },
          { group: 'rbac.authorization.k8s.io', kind: '*' },
          { group: 'argoproj.io', kind: '*' },
        ],
      }),
    ),
  ];
}

function project(name: string, spec: IAppProject['spec']): IAppProject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    // Before every Application; the annotation is what a commit is handed on by.
    metadata: { name, namespace: ARGO_NAMESPACE, annotations: { [WAVE]: '-10', [REVISION]: 'main' } },
    spec,
  };
}

function publishers(input: ModuleInput, { components }: Workplace): readonly string[] {
  const urls = components.flatMap(({ chart, manifests }) => [
    ...(chart === undefined ? [] : [chartOf(input, chart.release).repository.replace(/^oci:\/\//, '')]),
    ...(manifests === undefined ? [] : [manifests.repository]),
  ]);
  return [...new Set(urls)].sort();
}

/** An object without a namespace is of a kind that has none: every other one here names its own. */
function withoutNamespace(objects: readonly KubernetesObject[]): Kinds {
  const kinds = objects
    .filter(({ metadata }) => metadata?.namespace === undefined)
    .map(({ apiVersion, kind }) => ({
      group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '',
      kind,
    }));
  const all = [...OF_CHARTS, ...kinds.filter(({ group }) => group !== 'admissionregistration.k8s.io')];
  const byName = new Map(all.map(each => [`${each.group} ${each.kind}`, each]));
  return [...byName].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each);
}
