/** What reads Secret Manager for the driver that mounts secrets: an agent on each node, with the token of the pod and no right of its own. */
import type { IDaemonSet } from 'kubernetes-models/apps/v1';
import type { IClusterRole, IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { IConfigMap } from 'kubernetes-models/v1';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Component } from '../../contribution.ts';
import { release } from '../../release.ts';
import { STORE_DRIVER } from '../../secrets/store-driver.ts';
import { providerAccount, providerDaemonSet, providerLabels, SOCKETS } from '../../secrets/store-provider.ts';

export const SECRET_PROVIDER = 'secrets-store-csi-driver-provider-gcp';
/** As trust.tf has it: for whom tokens of pods are, and what Google is asked to believe. */
export const PROVIDER_AUDIENCE =
  '//iam.googleapis.com/projects/${PROJECT_NUMBER}/locations/global/workloadIdentityPools/${IDENTITY_POOL}/providers/cluster';
export const SECRET_PROVIDER_LABELS = providerLabels(SECRET_PROVIDER);

const CONFIG = 'google-credentials';
const MOUNT = '/etc/google';
const PORT = 8095;

export function secretProvider(input: ClusterInput): Omit<Component, 'decision' | 'layer'> {
  return {
    id: SECRET_PROVIDER,
    says: 'Reads secrets of Google for the driver, as the pod that they are for: Google believes the token of the pod, which the driver hands over.',
    objects: {
      account: [providerAccount(SECRET_PROVIDER)],
      rights: [...RIGHTS],
      config: [CREDENTIALS],
      daemonset: [daemonSet(input)],
    },
  };
}

const METADATA = { name: SECRET_PROVIDER, namespace: STORE_DRIVER } as const;

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
  return providerDaemonSet({
    id: SECRET_PROVIDER,
    image: `${image}:v${version}`,
    sockets: SOCKETS,
    container: {
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
    },
    reads: [{ volume: { name: 'credentials', configMap: { name: CONFIG } }, mountPath: MOUNT }],
  });
}
