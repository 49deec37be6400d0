/** What the cloud controller manager of Google may do in the cluster. */
import type {
  IClusterRole,
  IClusterRoleBinding,
  IRole,
  IRoleBinding,
} from 'kubernetes-models/rbac.authorization.k8s.io/v1';

export const CLOUD_CONTROLLER = 'cloud-controller-manager';

const SUBJECTS = [{ kind: 'ServiceAccount', name: CLOUD_CONTROLLER, namespace: CLOUD_CONTROLLER }];

/** In the cluster; what it may do at Google stands in the infrastructure. */
export const CONTROLLER_RIGHTS: readonly [
  IClusterRole,
  IClusterRoleBinding,
  IRole,
  IRoleBinding,
  IRole,
  IRoleBinding,
  IRoleBinding,
] = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: `platform:${CLOUD_CONTROLLER}` },
    rules: [
      { apiGroups: [''], resources: ['nodes'], verbs: ['delete', 'get', 'list', 'patch', 'update', 'watch'] },
      { apiGroups: [''], resources: ['nodes/status'], verbs: ['patch'] },
      { apiGroups: [''], resources: ['services'], verbs: ['get', 'list', 'patch', 'update', 'watch'] },
      { apiGroups: [''], resources: ['services/status'], verbs: ['patch', 'update'] },
      { apiGroups: ['', 'events.k8s.io'], resources: ['events'], verbs: ['create', 'patch', 'update'] },
      { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
      { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: `platform:${CLOUD_CONTROLLER}` },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: `platform:${CLOUD_CONTROLLER}`,
    },
    subjects: SUBJECTS,
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: CLOUD_CONTROLLER, namespace: CLOUD_CONTROLLER },
    rules: [
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
      {
        apiGroups: ['coordination.k8s.io'],
        resources: ['leases'],
        resourceNames: [CLOUD_CONTROLLER],
        verbs: ['get', 'update'],
      },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: CLOUD_CONTROLLER, namespace: CLOUD_CONTROLLER },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: CLOUD_CONTROLLER },
    subjects: SUBJECTS,
  },
  // Names of balancers carry an id of the cluster, which is kept there.
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: `platform:${CLOUD_CONTROLLER}`, namespace: 'kube-system' },
    rules: [
      { apiGroups: [''], resources: ['configmaps'], verbs: ['create', 'list', 'watch'] },
      {
        apiGroups: [''],
        resources: ['configmaps'],
        resourceNames: ['ingress-uid'],
        verbs: ['get', 'update'],
      },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: `platform:${CLOUD_CONTROLLER}`, namespace: 'kube-system' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: `platform:${CLOUD_CONTROLLER}` },
    subjects: SUBJECTS,
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: `platform:${CLOUD_CONTROLLER}:authentication`, namespace: 'kube-system' },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'Role',
      name: 'extension-apiserver-authentication-reader',
    },
    subjects: SUBJECTS,
  },
];
