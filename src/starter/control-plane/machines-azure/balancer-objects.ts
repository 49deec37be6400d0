/** The cloud controller manager of Azure as objects: its account, its pods, and what it may do in the cluster. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type {
  IClusterRole,
  IClusterRoleBinding,
  IRoleBinding,
} from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { IServiceAccount } from 'kubernetes-models/v1';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Foundation, Grant } from '../../foundation.ts';
import {
  agentAnnotations,
  LITTLE_DISK,
  nodesApart,
  TIGHT,
  unprivileged,
  zonesAlike,
} from '../../own-agents.ts';
import { release } from '../../release.ts';
import { CLOUD_CONFIG } from './disks.ts';

export const BALANCERS = 'cloud-controller-manager';
export const BALANCERS_ACCOUNT = { namespace: BALANCERS, name: BALANCERS } as const;
export const LABELS = { 'app.kubernetes.io/name': BALANCERS };
const RELEASE = 'cloud-provider-azure';

export const account = ({ annotations }: Grant): IServiceAccount => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: BALANCERS, namespace: BALANCERS, annotations: { ...annotations } },
});

export function deployment(
  input: ClusterInput,
  systemPool: Foundation['systemPool'],
  { podLabels }: Grant,
): IDeployment {
  const { image, version } = release(input, RELEASE);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: BALANCERS, namespace: BALANCERS, labels: LABELS, annotations: agentAnnotations() },
    spec: {
      replicas: 2,
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: { ...LABELS, ...podLabels } },
        spec: {
          serviceAccountName: BALANCERS,
          priorityClassName: 'platform-critical',
          nodeSelector: { ...systemPool.nodeSelector },
          tolerations: systemPool.tolerations.map(each => ({ ...each })),
          topologySpreadConstraints: [zonesAlike(LABELS)],
          affinity: nodesApart(LABELS),
          securityContext: unprivileged(),
          containers: [
            {
              name: BALANCERS,
              image: `${image}:v${version}`,
              command: ['cloud-controller-manager'],
              args: [
                '--cloud-provider=azure',
                `--cloud-config=/etc/azure/${CLOUD_CONFIG.key}`,
                '--cluster-name=${CLUSTER_NAME}',
                '--controllers=service-lb-controller,cloud-node-lifecycle-controller',
                '--allocate-node-cidrs=false',
                '--configure-cloud-routes=false',
                '--leader-elect=true',
                `--leader-elect-resource-namespace=${BALANCERS}`,
                '--secure-port=10258',
                '--cert-dir=/tmp',
                '--profiling=false',
                '--v=2',
              ],
              ports: [{ name: 'healthz', containerPort: 10258 }],
              livenessProbe: {
                httpGet: { path: '/healthz', port: 'healthz', scheme: 'HTTPS' },
                initialDelaySeconds: 20,
                timeoutSeconds: 5,
              },
              readinessProbe: { tcpSocket: { port: 'healthz' }, timeoutSeconds: 5 },
              resources: {
                requests: { cpu: '50m', memory: '128Mi', ...LITTLE_DISK.requests },
                limits: { cpu: '500m', memory: '512Mi', ...LITTLE_DISK.limits },
              },
              securityContext: TIGHT,
              volumeMounts: [
                { name: 'cloud-config', mountPath: '/etc/azure', readOnly: true },
                { name: 'temporary', mountPath: '/tmp' },
              ],
            },
          ],
          volumes: [
            { name: 'cloud-config', secret: { secretName: CLOUD_CONFIG.name } },
            { name: 'temporary', emptyDir: { sizeLimit: '16Mi' } },
          ],
        },
      },
    },
  };
}

export const BUDGET: IPodDisruptionBudget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: BALANCERS, namespace: BALANCERS },
  spec: {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    selector: { matchLabels: LABELS },
  },
};

export const ROLE: IClusterRole = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: BALANCERS },
  rules: [
    { apiGroups: [''], resources: ['nodes'], verbs: ['delete', 'get', 'list', 'patch', 'update', 'watch'] },
    { apiGroups: [''], resources: ['nodes/status'], verbs: ['patch'] },
    { apiGroups: [''], resources: ['services'], verbs: ['get', 'list', 'patch', 'update', 'watch'] },
    { apiGroups: [''], resources: ['services/status'], verbs: ['patch', 'update'] },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: ['', 'events.k8s.io'], resources: ['events'], verbs: ['create', 'patch', 'update'] },
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create', 'get', 'update'] },
  ],
};

export const BINDING: IClusterRoleBinding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: BALANCERS },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: BALANCERS },
  subjects: [{ kind: 'ServiceAccount', ...BALANCERS_ACCOUNT }],
};

/** What it checks callers of its own port by. */
export const AUTHENTICATION: IRoleBinding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: `${BALANCERS}-authentication`, namespace: 'kube-system' },
  roleRef: {
    apiGroup: 'rbac.authorization.k8s.io',
    kind: 'Role',
    name: 'extension-apiserver-authentication-reader',
  },
  subjects: [{ kind: 'ServiceAccount', ...BALANCERS_ACCOUNT }],
};
