/** What reads Secret Manager for the driver that mounts secrets: an agent on each node, with the token of the pod and no right of its own. */
import type { IDaemonSet } from 'kubernetes-models/apps/v1';
import type { IClusterRole, IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { IConfigMap, IServiceAccount } from 'kubernetes-models/v1';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Component } from '../../contribution.ts';
import { agentAnnotations, LITTLE_DISK, TIGHT } from '../../own-agents.ts';
import { release } from '../../release.ts';
import { STORE_DRIVER } from '../../secrets/store-driver.ts';

export const SECRET_PROVIDER = 'secrets-store-csi-driver-provider-gcp';
/** As trust.tf has it: for whom tokens of pods are, and what Google is asked to believe. */
export const PROVIDER_AUDIENCE =
  '//iam.googleapis.com/projects/${PROJECT_NUMBER}/locations/global/workloadIdentityPools/${IDENTITY_POOL}/providers/cluster';
export const SECRET_PROVIDER_LABELS = { 'app.kubernetes.io/name': SECRET_PROVIDER } as const;

const CONFIG = 'google-credentials';
const SOCKETS = '/var/run/secrets-store-csi-providers';
const MOUNT = '/etc/google';
const PORT = 8095;
const SOCKET = 'Its socket lies in a folder of the node, which belongs to root.';

export function secretProvider(input: ClusterInput): Omit<Component, 'decision' | 'layer'> {
  return {
    id: SECRET_PROVIDER,
    says: 'Reads secrets of Google for the driver, as the pod that they are for: Google believes the token of the pod, which the driver hands over.',
    objects: {
      account: [ACCOUNT],
      rights: [...RIGHTS],
      config: [CREDENTIALS],
      daemonset: [daemonSet(input)],
    },
  };
}

const METADATA = { name: SECRET_PROVIDER, namespace: STORE_DRIVER } as const;
const ACCOUNT: IServiceAccount = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: METADATA };

/** An annotation of an account could name one of the project; tokens it is handed, and makes none. */
const RIGHTS: readonly [IClusterRole, IClusterRoleBinding] = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: `platform:${SECRET_PROVIDER}` },
    rules: [{ apiGroups: [''], resources: ['serviceaccounts'], verbs: ['get'] }],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: `platform:${SECRET_PROVIDER}` },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: `platform:${SECRET_PROVIDER}`,
    },
    subjects: [{ kind: 'ServiceAccount', ...METADATA }],
  },
];

/** It takes the audience out of it, and nothing else. */
const CREDENTIALS: IConfigMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: CONFIG, namespace: STORE_DRIVER },
  data: {
    'credentials.json': `{
  "type": "external_account",
  "audience": "${PROVIDER_AUDIENCE}",
  "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
  "token_url": "https://sts.googleapis.com/v1/token"
}
`,
  },
};

function daemonSet(input: ClusterInput): IDaemonSet {
  const { image, version } = release(input, SECRET_PROVIDER);
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {
      ...METADATA,
      labels: SECRET_PROVIDER_LABELS,
      annotations: {
        ...agentAnnotations({ CKV_K8S_40: SOCKET, CKV_K8S_23: SOCKET }),
        'kube-score/ignore': 'container-image-pull-policy,container-security-context-user-group-id',
        'ignore-check.kube-linter.io/run-as-non-root': SOCKET,
      },
    },
    spec: {
      selector: { matchLabels: SECRET_PROVIDER_LABELS },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
      template: {
        metadata: { labels: SECRET_PROVIDER_LABELS },
        spec: {
          serviceAccountName: SECRET_PROVIDER,
          priorityClassName: 'system-node-critical',
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          tolerations: [{ operator: 'Exists' }],
          securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'provider',
              image: `${image}:v${version}`,
              imagePullPolicy: 'IfNotPresent',
              env: [
                { name: 'TARGET_DIR', value: SOCKETS },
                { name: 'GOOGLE_APPLICATION_CREDENTIALS', value: `${MOUNT}/credentials.json` },
                { name: 'GAIA_TOKEN_EXCHANGE_ENDPOINT', value: 'https://sts.googleapis.com/v1/token' },
                // It asks the server of metadata first, which no pod reaches: a port of its own that nobody has says no at once.
                { name: 'GCE_METADATA_HOST', value: '127.0.0.1:9' },
              ],
              ports: [{ name: 'health', containerPort: PORT }],
              livenessProbe: {
                httpGet: { path: '/live', port: 'health' },
                initialDelaySeconds: 5,
                periodSeconds: 30,
                timeoutSeconds: 10,
              },
              readinessProbe: { tcpSocket: { port: 'health' }, periodSeconds: 10, timeoutSeconds: 5 },
              resources: {
                requests: { cpu: '20m', memory: '64Mi', ...LITTLE_DISK.requests },
                limits: { cpu: '200m', memory: '128Mi', ...LITTLE_DISK.limits },
              },
              securityContext: { ...TIGHT, runAsUser: 0, runAsGroup: 0 },
              volumeMounts: [
                { name: 'sockets', mountPath: SOCKETS },
                { name: 'credentials', mountPath: MOUNT, readOnly: true },
              ],
            },
          ],
          volumes: [
            { name: 'sockets', hostPath: { path: SOCKETS, type: 'DirectoryOrCreate' } },
            { name: 'credentials', configMap: { name: CONFIG } },
          ],
        },
      },
    },
  };
}
