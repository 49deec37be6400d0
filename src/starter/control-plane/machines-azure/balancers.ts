/** The cloud controller manager of Azure: load balancers for Services, and nodes whose machine is gone. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type {
  IClusterRole,
  IClusterRoleBinding,
  IRoleBinding,
} from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { IServiceAccount } from 'kubernetes-models/v1';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution } from '../../contribution.ts';
import type { Foundation, Grant } from '../../foundation.ts';
import type { PodPeer } from '../../network/edge.ts';
import { platformNamespace } from '../../network/namespace.ts';
import { agentAnnotations, LITTLE_DISK, nodesApart } from '../../own-agents.ts';
import { release } from '../../release.ts';
import { CLOUD_CONFIG } from './disks.ts';

export const BALANCERS = 'cloud-controller-manager';
export const BALANCERS_ACCOUNT = { namespace: BALANCERS, name: BALANCERS } as const;
const RELEASE = 'cloud-provider-azure';
const DECISION = 'platform-defaults';
const LABELS = { 'app.kubernetes.io/name': BALANCERS };
const PODS: PodPeer = { kind: 'pods', namespace: BALANCERS, labels: LABELS };

export function balancers(
  input: ClusterInput,
  { systemPool }: Pick<Foundation, 'systemPool'>,
  grant: Grant,
): Contribution {
  return {
    namespaces: [platformNamespace(BALANCERS, DECISION)],
    components: [
      {
        id: BALANCERS,
        decision: DECISION,
        layer: 'platform-core',
        says: 'Makes a load balancer of Azure for each Service that asks for one, opens the way to it in the guard of the nodes, and takes nodes off whose machine is gone. Routes and addresses of nodes are none of its business here.',
        objects: {
          deployment: [account(grant), deployment(input, systemPool, grant), BUDGET],
          rights: [ROLE, BINDING, AUTHENTICATION],
        },
      },
    ],
    edges: [
      {
        name: 'to-azure',
        owner: BALANCERS,
        because: 'Watches Services and nodes, and calls the API of Azure, whose addresses change.',
        pods: PODS,
        direction: 'egress',
        peers: [{ kind: 'api-server' }, { kind: 'anywhere' }],
        ports: [{ port: 443 }],
      },
    ],
    runbooks: [
      {
        id: 'load-balancer-missing',
        title: 'A Service has no address, or nothing arrives at it',
        text: `1. \`kubectl describe service NAME\`: what the controller could not do stands in its events. Its log: \`kubectl -n ${BALANCERS} logs deploy/${BALANCERS}\`.
2. *AuthorizationFailed*: a role is missing, \`tofu -chdir=infra/machines plan\` shows it. *AADSTS*: see [no-azure-identity](no-azure-identity.md).
3. *PublicIPCountLimitReached*: the quota of the subscription; \`scripts/preflight.sh CLUSTER\` says what is left.
4. It has an address and nothing arrives: \`az network nsg rule list --resource-group CLUSTER_NAME-nodes --nsg-name CLUSTER_NAME-nodes --output table\` has a
   rule for it from 500 on; the health of what stands behind is seen in the portal, at the load balancer *CLUSTER_NAME*.
5. A load balancer for the network alone (annotation \`service.beta.kubernetes.io/azure-load-balancer-internal\`) needs a rule in \`infra/machines/guards.tf\` for
   whoever may use it: the rule *nobody-else* refuses the rest of the network.
`,
      },
    ],
    checks: [
      {
        decision: DECISION,
        says: 'The controller of load balancers runs.',
        command: `kubectl -n ${BALANCERS} rollout status deployment/${BALANCERS} --timeout=5m`,
        path: `platform/${BALANCERS}/deployment.yaml`,
      },
    ],
  };
}

const account = ({ annotations }: Grant): IServiceAccount => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: BALANCERS, namespace: BALANCERS, annotations: { ...annotations } },
});

function deployment(
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
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'topology.kubernetes.io/zone',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: LABELS },
            },
          ],
          affinity: nodesApart(LABELS),
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65532,
            runAsGroup: 65532,
            fsGroup: 65532,
            seccompProfile: { type: 'RuntimeDefault' },
          },
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
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
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

const BUDGET: IPodDisruptionBudget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: BALANCERS, namespace: BALANCERS },
  spec: {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    selector: { matchLabels: LABELS },
  },
};

const ROLE: IClusterRole = {
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

const BINDING: IClusterRoleBinding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: BALANCERS },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: BALANCERS },
  subjects: [{ kind: 'ServiceAccount', ...BALANCERS_ACCOUNT }],
};

/** What it checks callers of its own port by. */
const AUTHENTICATION: IRoleBinding = {
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
