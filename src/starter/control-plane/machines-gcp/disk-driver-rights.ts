/** What the driver of disks may do in the cluster. */
import type {
  IClusterRole,
  IClusterRoleBinding,
  IRole,
  IRoleBinding,
} from 'kubernetes-models/rbac.authorization.k8s.io/v1';

const NAME = 'gcp-disk-driver';
const API = 'rbac.authorization.k8s.io';
const CONTROLLER = [{ kind: 'ServiceAccount', name: NAME, namespace: NAME }];

const read = ['get', 'list', 'watch'];

export const DISK_RIGHTS: readonly (IClusterRole | IClusterRoleBinding | IRole | IRoleBinding)[] = [
  {
    apiVersion: `${API}/v1`,
    kind: 'ClusterRole',
    metadata: { name: `platform:${NAME}` },
    rules: [
      {
        apiGroups: [''],
        resources: ['persistentvolumes'],
        verbs: [...read, 'create', 'delete', 'patch', 'update'],
      },
      { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: [...read, 'update'] },
      { apiGroups: [''], resources: ['persistentvolumeclaims/status'], verbs: ['patch', 'update'] },
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'list', 'patch', 'update', 'watch'] },
      { apiGroups: [''], resources: ['nodes', 'pods'], verbs: read },
      {
        apiGroups: ['storage.k8s.io'],
        resources: ['csinodes', 'storageclasses', 'volumeattributesclasses'],
        verbs: read,
      },
      {
        apiGroups: ['storage.k8s.io'],
        resources: ['volumeattachments'],
        verbs: [...read, 'patch', 'update'],
      },
      { apiGroups: ['storage.k8s.io'], resources: ['volumeattachments/status'], verbs: ['patch'] },
    ],
  },
  {
    apiVersion: `${API}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: `platform:${NAME}` },
    roleRef: { apiGroup: API, kind: 'ClusterRole', name: `platform:${NAME}` },
    subjects: CONTROLLER,
  },
  {
    apiVersion: `${API}/v1`,
    kind: 'Role',
    metadata: { name: NAME, namespace: NAME },
    rules: [
      {
        apiGroups: ['coordination.k8s.io'],
        resources: ['leases'],
        verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
      },
    ],
  },
  {
    apiVersion: `${API}/v1`,
    kind: 'RoleBinding',
    metadata: { name: NAME, namespace: NAME },
    roleRef: { apiGroup: API, kind: 'Role', name: NAME },
    subjects: CONTROLLER,
  },
  {
    apiVersion: `${API}/v1`,
    kind: 'ClusterRole',
    metadata: { name: `platform:${NAME}-node` },
    rules: [{ apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list'] }],
  },
  {
    apiVersion: `${API}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: `platform:${NAME}-node` },
    roleRef: { apiGroup: API, kind: 'ClusterRole', name: `platform:${NAME}-node` },
    subjects: [{ kind: 'ServiceAccount', name: `${NAME}-node`, namespace: NAME }],
  },
];
