/** External Secrets Operator: copies secrets of a store into namespaces that are allowed to have them. */
import type { Contribution, Runbook } from '../contribution.ts';
import type { ModuleInput } from '../module.ts';
import { DECISION, NAME, secretsOperator } from './external-secrets/operator.ts';
import { SECRET_STORE, secretStore } from './external-secrets/store.ts';
import { copiesFromVault } from './source.ts';
import { copiedFromVault } from './vault/copied.ts';

export function externalSecrets(input: ModuleInput): Contribution {
  return copiesFromVault(input) ? copiedFromVault(input) : copiedFromCloud(input);
}

function copiedFromCloud(input: ModuleInput): Contribution {
  const { rights, secretNames, secretProvider } = input.foundation;
  return {
    ...secretsOperator(input, {
      store: secretStore(secretProvider),
      says: {
        component:
          'Secrets stay in the store of the cloud; what a namespace needs is copied into it and renewed every hour.',
        store: 'The store of the cloud, for namespaces that carry its label.',
        reach: 'Reads secrets through the API of the cloud, whose addresses change.',
      },
      ports: [{ port: 443 }],
      grant: rights.readSecrets(DECISION, { namespace: NAME, name: NAME }),
    }),
    runbooks: [runbook(secretNames)],
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
