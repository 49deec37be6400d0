/** External Secrets Operator: copies secrets of the cloud's store into namespaces that are allowed to have them. */

import type { Contribution, ModuleInput, Runbook } from '../module.ts';
import { credentials, scraped, toApiServer, webhook } from '../network/common-edges.ts';
import type { PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { SECRET_STORE, secretStore } from './external-secrets/store.ts';

const NAME = 'external-secrets';
const DECISION = 'secrets';
const EVERY_POD: PodPeer = { kind: 'pods', namespace: NAME };
const pods = (name: string): PodPeer => ({ ...EVERY_POD, labels: { 'app.kubernetes.io/name': name } });
const OPERATOR = pods(NAME);

export function externalSecrets({ foundation }: ModuleInput): Contribution {
  const grant = foundation.rights.readSecrets(DECISION, { namespace: NAME, name: NAME });
  return {
    files: grant.files,
    namespaces: [platformNamespace(NAME, DECISION)],
    components: [
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-core',
        says: 'Secrets stay in the store of the cloud; what a namespace needs is copied into it and renewed every hour.',
        chart: {
          release: NAME,
          namespace: NAME,
          crds: 'skip',
          values: values(foundation, grant),
        },
      },
    ],
    config: [
      {
        id: 'secret-stores',
        decision: DECISION,
        says: 'The store of the cloud, for namespaces that carry its label.',
        objects: { cloud: [secretStore(foundation.secretProvider)] },
      },
    ],
    edges: [
      toApiServer(NAME, EVERY_POD),
      webhook(NAME, pods(`${NAME}-webhook`), 10250),
      scraped(NAME, OPERATOR, 8080),
      {
        name: 'to-secret-store',
        owner: NAME,
        because: 'Reads secrets through the API of the cloud, whose addresses change.',
        pods: OPERATOR,
        direction: 'egress',
        peers: [{ kind: 'anywhere' }],
        ports: [{ port: 443 }],
      },
      ...credentials(NAME, OPERATOR, foundation.identityAgentPort),
    ],
    runbooks: [runbook(foundation.secretNames)],
    checks: [
      {
        decision: DECISION,
        says: 'The store of the cloud answers, and every copy is up to date.',
        command: 'kubectl wait --for=condition=Ready clustersecretstores --all --timeout=5m',
        path: 'platform-config/base/secret-stores/cloud.yaml',
      },
      {
        decision: DECISION,
        says: 'No secret lies in Git.',
        command: `! grep -rlE '^kind: Secret$' platform platform-config apps clusters`,
        path: 'platform-config/base/secret-stores/cloud.yaml',
      },
    ],
  };
}

function values(
  { systemPool }: ModuleInput['foundation'],
  grant: { readonly annotations: object; readonly podLabels: object },
) {
  const pool = { ...systemPool, priorityClassName: 'platform-critical' };
  const disruption = { podDisruptionBudget: { enabled: true, minAvailable: 1 } };
  const size = { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } };
  return {
    installCRDs: true,
    replicaCount: 2,
    leaderElect: true,
    serviceAccount: { name: NAME, annotations: grant.annotations },
    podLabels: grant.podLabels,
    // Nothing is written back, and one team's secret never becomes another's through a cluster-wide copy.
    processPushSecret: false,
    processClusterPushSecret: false,
    processClusterExternalSecret: false,
    ...pool,
    ...disruption,
    resources: size,
    serviceMonitor: { enabled: true },
    webhook: { replicaCount: 2, ...pool, ...disruption, resources: size },
    certController: { ...pool, resources: size },
  };
}

function runbook({ example, refused }: ModuleInput['foundation']['secretNames']): Runbook {
  return {
    id: 'secrets',
    title: 'A secret is missing or old',
    text: `Secrets come from the store of the cloud; a namespace gets one by asking for it with an ExternalSecret, and only if it carries
the label \`${SECRET_STORE.label}: ${SECRET_STORE.value}\`.

\`\`\`yaml
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: database, namespace: NAMESPACE}
spec:
  refreshInterval: 1h
  secretStoreRef: {kind: ClusterSecretStore, name: ${SECRET_STORE.name}}
  target: {name: database}
  data:
    - secretKey: password
      remoteRef: {key: ${example}, property: password}
\`\`\`

1. What the copy says of itself: \`kubectl -n NAMESPACE describe externalsecret NAME\`.
2. \`SecretSyncedError\` with a refusal of access: ${refused}.
3. Nothing happens: the namespace lacks the label, or \`kubectl get clustersecretstore ${SECRET_STORE.name}\` is not ready.
4. A secret was changed in the store and has to arrive at once:
   \`kubectl -n NAMESPACE annotate externalsecret NAME force-sync=now --overwrite\`. Pods that read it as environment restart to see it.
`,
  };
}
