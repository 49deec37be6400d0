/** The pod identity webhook: a pod whose service account names a role gets a token by which AWS lends it that role. */
import type { ICertificate, IIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1';
import type { IMutatingWebhookConfiguration } from 'kubernetes-models/admissionregistration.k8s.io/v1';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type {
  IClusterRole,
  IClusterRoleBinding,
  IRole,
  IRoleBinding,
} from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { IService, IServiceAccount } from 'kubernetes-models/v1';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution } from '../../contribution.ts';
import { toApiServer, webhook } from '../../network/common-edges.ts';
import type { PodPeer } from '../../network/edge.ts';
import { platformNamespace } from '../../network/namespace.ts';
import { agentAnnotations, nodesApart, TIGHT, unprivileged, zonesAlike } from '../../own-agents.ts';
import { pickOf } from '../../picks.ts';
import { release } from '../../release.ts';
import { SELF_MANAGED_FOUNDATION } from '../self-managed/foundation.ts';

const NAME = 'pod-identity-webhook';
const LABELS = { 'app.kubernetes.io/name': NAME };
const PODS: PodPeer = { kind: 'pods', namespace: NAME, labels: LABELS };
const CERTIFICATE = `${NAME}-tls`;
const PORT = 9443;
const HERE = { name: NAME, namespace: NAME };

export function podIdentity(input: ClusterInput): Contribution {
  return {
    namespaces: [platformNamespace(NAME, 'workload-identity')],
    components: [
      {
        id: NAME,
        decision: 'workload-identity',
        // After cert-manager, whose kinds it needs, and before whatever takes a role without saying so itself.
        layer: 'platform-mesh',
        says: 'Reads which role a service account names and gives its pods a token for it. Pods that start while it is away get none: start them again.',
        objects: {
          account: [ACCOUNT, READS, READS_BINDING],
          certificate: [ISSUER, TLS],
          deployment: [deployment(input), SERVICE, BUDGET],
          webhook: [WEBHOOK],
        },
      },
    ],
    edges: [toApiServer(NAME, PODS), webhook(NAME, PODS, PORT)],
    checks: [
      {
        decision: 'workload-identity',
        says: 'AWS knows the keys by which this cluster signs tokens.',
        command:
          'curl --silent --fail "$(kubectl get --raw /.well-known/openid-configuration | sed -nE \'s/.*"jwks_uri":"([^"]*)".*/\\1/p\')" | grep -q \'"keys"\'',
        path: `platform/${NAME}/webhook.yaml`,
      },
    ],
    runbooks: [
      {
        id: 'pod-identity',
        title: 'A pod that AWS refuses',
        text: `A pod takes a role by three things: an annotation of its service account (\`eks.amazonaws.com/role-arn\`), a token that the webhook puts into the pod, and the keys of
this cluster, which AWS reads at the issuer.

1. *NoCredentialProviders*, *Unable to locate credentials*: the pod has no token. \`kubectl -n NAMESPACE get pod POD -o yaml | grep AWS_ROLE_ARN\` shows nothing where it started
   while the webhook was away. \`kubectl -n ${NAME} get pods\`, then \`kubectl -n NAMESPACE rollout restart\` of what owns the pod.
2. *InvalidIdentityToken*: AWS does not find the key that signed the token. \`scripts/bootstrap.sh\` publishes the keys again; the address is \`ISSUER\` of the inventory, and has to
   answer anybody. A block of public buckets on the account as a whole closes it.
3. *AccessDenied* on *AssumeRoleWithWebIdentity*: the role trusts another service account. Its file in \`infra/machines\` names namespace and account.

After the key of service accounts has been changed on the control plane run \`scripts/bootstrap.sh\` at once, with old and new key among those that the API server shows.
`,
      },
    ],
  };
}

const ACCOUNT: IServiceAccount = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: HERE };

/** Annotations of service accounts, which hold no secret. */
const READS: IClusterRole = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: NAME },
  rules: [{ apiGroups: [''], resources: ['serviceaccounts'], verbs: ['get', 'list', 'watch'] }],
};
const READS_BINDING: IClusterRoleBinding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: NAME },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: NAME },
  subjects: [{ kind: 'ServiceAccount', ...HERE }],
};

const ISSUER: IIssuer = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Issuer',
  metadata: HERE,
  spec: { selfSigned: {} },
};
const TLS: ICertificate = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: HERE,
  spec: {
    secretName: CERTIFICATE,
    dnsNames: [`${NAME}.${NAME}.svc`, `${NAME}.${NAME}.svc.cluster.local`],
    privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
    issuerRef: { name: NAME, kind: 'Issuer' },
  },
};

function deployment(input: ClusterInput): IDeployment {
  const { image, version } = release(input, NAME);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...HERE, labels: LABELS, annotations: agentAnnotations() },
    spec: {
      replicas: 2,
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS },
        spec: {
          serviceAccountName: NAME,
          priorityClassName: 'platform-critical',
          ...SELF_MANAGED_FOUNDATION.systemPool,
          tolerations: [...SELF_MANAGED_FOUNDATION.systemPool.tolerations],
          securityContext: unprivileged(65534),
          topologySpreadConstraints: [zonesAlike(LABELS)],
          affinity: nodesApart(LABELS),
          containers: [
            {
              name: 'webhook',
              image: `${image}:v${version}`,
              command: ['/webhook'],
              args: [
                '--in-cluster=false',
                `--namespace=${NAME}`,
                `--service-name=${NAME}`,
                '--annotation-prefix=eks.amazonaws.com',
                '--token-audience=sts.amazonaws.com',
                '--aws-default-region=${REGION}',
                '--sts-regional-endpoint=true',
                `--port=${PORT}`,
                '--logtostderr',
              ],
              ports: [{ name: 'webhook', containerPort: PORT }],
              readinessProbe: { httpGet: { path: '/healthz', port: 'webhook', scheme: 'HTTPS' } },
              livenessProbe: {
                tcpSocket: { port: 'webhook' },
                initialDelaySeconds: 10,
                periodSeconds: 20,
              },
              resources: {
                requests: { cpu: '10m', memory: '64Mi', 'ephemeral-storage': '16Mi' },
                limits: { cpu: '200m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
              },
              securityContext: TIGHT,
              volumeMounts: [{ name: 'certificate', mountPath: '/etc/webhook/certs', readOnly: true }],
            },
          ],
          volumes: [{ name: 'certificate', secret: { secretName: CERTIFICATE } }],
        },
      },
    },
  };
}

const SERVICE: IService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: HERE,
  spec: { selector: LABELS, ports: [{ name: 'webhook', port: 443, targetPort: 'webhook' }] },
};
const BUDGET: IPodDisruptionBudget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: HERE,
  spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: LABELS } },
};

/** It fails open: no pod of the cluster waits for it, and those of the platform that come first know their role without it. */
const WEBHOOK: IMutatingWebhookConfiguration = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  metadata: { name: NAME, annotations: { 'cert-manager.io/inject-ca-from': `${NAME}/${NAME}` } },
  webhooks: [
    {
      name: 'pod-identity-webhook.amazonaws.com',
      admissionReviewVersions: ['v1beta1'],
      clientConfig: { service: { ...HERE, path: '/mutate', port: 443 } },
      failurePolicy: 'Ignore',
      reinvocationPolicy: 'IfNeeded',
      sideEffects: 'None',
      timeoutSeconds: 5,
      objectSelector: {
        matchExpressions: [{ key: 'eks.amazonaws.com/skip-pod-identity-webhook', operator: 'DoesNotExist' }],
      },
      rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
    },
  ],
};

/** cert-manager takes its role itself, for the one issuer that proves names: it starts before the webhook does. */
const CERT_MANAGER_TOKENS: readonly [IRole, IRoleBinding] = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'own-tokens', namespace: 'cert-manager' },
    rules: [
      {
        apiGroups: [''],
        resources: ['serviceaccounts/token'],
        resourceNames: ['cert-manager'],
        verbs: ['create'],
      },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'own-tokens', namespace: 'cert-manager' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'own-tokens' },
    subjects: [{ kind: 'ServiceAccount', name: 'cert-manager', namespace: 'cert-manager' }],
  },
];

/** cert-manager takes its role itself. */
export function certManagerTokens({
  stack,
}: Pick<ClusterInput, 'stack'>): NonNullable<Contribution['config']> {
  if (pickOf(stack, 'dns-and-certificates') !== 'external-dns-cert-manager') return [];
  return [
    {
      id: 'cert-manager-tokens',
      decision: 'dns-and-certificates',
      says: 'cert-manager may ask for tokens of its own account, and of no other: AWS lends it its role for them.',
      objects: { tokens: [...CERT_MANAGER_TOKENS] },
    },
  ];
}
