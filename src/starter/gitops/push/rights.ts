/** delivery/access: what each identity of the pipeline may do in a cluster, and nothing beyond. */
import type {
  IValidatingAdmissionPolicy,
  IValidatingAdmissionPolicyBinding,
} from 'kubernetes-models/admissionregistration.k8s.io/v1';
import type {
  IClusterRole,
  IClusterRoleBinding,
  IRole,
  IRoleBinding,
} from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import { headline } from '../../headline.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { ModuleInput } from '../../module.ts';
import type { PipelineAccess, PipelineIdentity } from '../../pipeline-access.ts';
import type { Workplace } from '../delivery.ts';
import { kustomization } from '../tree/kustomization.ts';
import { ACCESS, DELIVERY_NAMESPACE, inventoryOf } from './names.ts';
import { comparedRules, workloadRules } from './rules.ts';

const RBAC = 'rbac.authorization.k8s.io';

export function rightsFiles(
  input: ModuleInput,
  workplace: Workplace,
  access: PipelineAccess,
  own: readonly KubernetesObject[],
): FileTree {
  const documents = rights(workplace, access, own);
  const files = new Map(
    documents.map(({ name, says, objects }) => [
      `${ACCESS}/${name}.yaml`,
      writeYaml(objects, { comment: headline(input, 'gitops', says) }),
    ]),
  );
  const index = kustomization(documents.map(({ name }) => `${name}.yaml`));
  files.set(
    `${ACCESS}/kustomization.yaml`,
    writeYaml([index], { comment: headline(input, 'gitops', 'Who of the pipeline may do what.') }),
  );
  return files;
}

interface Rights {
  readonly name: string;
  readonly says: string;
  readonly objects: readonly KubernetesObject[];
}

/** The same as objects, so that variables of the cluster in them are filled in. */
export function rights(
  workplace: Workplace,
  access: PipelineAccess,
  own: readonly KubernetesObject[],
): readonly Rights[] {
  const teams = teamNamespaces(workplace);
  return [
    {
      name: 'platform',
      says: 'It makes kinds, namespaces, roles and webhooks, which takes all rights; so it is taken from a protected environment alone, for one delivery at a time.',
      objects: [clusterBinding('delivery-platform', 'cluster-admin', access, 'platform')],
    },
    ...(teams.length === 0
      ? []
      : [
          {
            name: 'apps',
            says: 'Workloads in the namespaces of teams: no roles, no limits, no Secrets, nothing that lies in no namespace.',
            objects: teams.flatMap(namespace => inNamespace(namespace, 'delivery-apps', access, workplace)),
          },
          {
            name: 'apps-inventory',
            says: 'The list of the workloads that it has applied.',
            objects: inventoryRights(access),
          },
        ]),
    {
      name: 'compare',
      says: 'It asks what a delivery would change. The API server answers that only to those who could do it, so a policy lets dry runs through and nothing else.',
      objects: [
        compareRole(own),
        clusterBinding('delivery-compare', 'delivery-compare', access, 'compare'),
        dryRunsAlone(access),
        boundEverywhere(),
      ],
    },
  ];
}

/** Who is named in them. */
export function subjectsNamed(
  gathered: Pick<Workplace, 'apps' | 'namespaces'>,
  access: PipelineAccess,
): readonly unknown[] {
  const apps = teamNamespaces(gathered).length > 0 ? (['apps'] as const) : [];
  return [...apps, 'compare' as const, 'platform' as const].map(identity => access.subject(identity));
}

function teamNamespaces({ apps, namespaces }: Pick<Workplace, 'apps' | 'namespaces'>): readonly string[] {
  return [
    ...new Set([
      ...apps.map(({ namespace }) => namespace),
      ...namespaces.filter(({ quota }) => quota !== null).map(({ name }) => name),
    ]),
  ];
}

function subjects(access: PipelineAccess, identity: PipelineIdentity) {
  return [{ ...access.subject(identity), apiGroup: RBAC }];
}

function clusterBinding(
  name: string,
  role: string,
  access: PipelineAccess,
  identity: PipelineIdentity,
): IClusterRoleBinding {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
    subjects: subjects(access, identity),
  };
}

function inNamespace(
  namespace: string,
  name: string,
  access: PipelineAccess,
  { apps, policies }: Workplace,
): readonly (IRole | IRoleBinding)[] {
  const here = apps.filter(app => app.namespace === namespace);
  // Services of a team are copied from the samples.
  const objects = (here.length === 0 ? apps : here).flatMap(app => [
    ...Object.values(app.objects).flat(),
    ...(policies.get(app.id) ?? []),
  ]);
  return [
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'Role',
      metadata: { name, namespace },
      rules: workloadRules(objects),
    },
    binding(namespace, name, access),
  ];
}

function inventoryRights(access: PipelineAccess): readonly (IRole | IRoleBinding)[] {
  const name = 'delivery-apps-inventory';
  return [
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'Role',
      metadata: { name, namespace: DELIVERY_NAMESPACE },
      rules: [
        {
          apiGroups: [''],
          resources: ['configmaps'],
          resourceNames: [inventoryOf('apps')],
          verbs: ['get', 'patch'],
        },
      ],
    },
    binding(DELIVERY_NAMESPACE, name, access),
  ];
}

function binding(namespace: string, name: string, access: PipelineAccess): IRoleBinding {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: { name, namespace },
    roleRef: { apiGroup: RBAC, kind: 'Role', name },
    subjects: subjects(access, 'apps'),
  };
}

function compareRole(own: readonly KubernetesObject[]): IClusterRole {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: { name: 'delivery-compare' },
    rules: comparedRules(own),
  };
}

function dryRunsAlone(access: PipelineAccess): IValidatingAdmissionPolicy {
  const { kind, name } = access.subject('compare');
  const who =
    kind === 'Group' ? `"${name}" in request.userInfo.groups` : `request.userInfo.username == "${name}"`;
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'delivery-compare-changes-nothing' },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: ['*'],
            apiVersions: ['*'],
            operations: ['*'],
            resources: ['*/*'],
          },
        ],
      },
      matchConditions: [{ name: 'the-comparing-pipeline', expression: who }],
      validations: [
        {
          expression: 'has(request.dryRun) && request.dryRun == true',
          message: 'This identity compares: it may ask for dry runs and change nothing.',
          reason: 'Forbidden',
        },
      ],
    },
  };
}

function boundEverywhere(): IValidatingAdmissionPolicyBinding {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'delivery-compare-changes-nothing' },
    spec: { policyName: 'delivery-compare-changes-nothing', validationActions: ['Deny', 'Audit'] },
  };
}
