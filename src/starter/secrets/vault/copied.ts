/** Secrets of Vault, copied into namespaces that are allowed to have them. */
import type { Contribution, Runbook } from '../../contribution.ts';
import { AUTHORITIES_FILE, trustsHouse } from '../../dns-and-certificates/house/authorities.ts';
import type { ModuleInput } from '../../module.ts';
import { NAME, secretsOperator } from '../external-secrets/operator.ts';
import { secretStore, VAULT_STORE } from '../external-secrets/store.ts';
import {
  VAULT,
  VAULT_AUDIENCE,
  VAULT_ENGINE,
  VAULT_PLACEHOLDER,
  VAULT_PORT,
  VAULT_SIGN_IN,
} from './server.ts';
import { TRUST_SCRIPT, trustScript, trustStep } from './trust-script.ts';

const ROLE = 'external-secrets';

export function copiedFromVault(input: ModuleInput): Contribution {
  return {
    ...secretsOperator(input, {
      store: secretStore(
        {
          vault: {
            server: VAULT,
            path: VAULT_ENGINE,
            version: 'v2',
            auth: {
              jwt: {
                path: VAULT_SIGN_IN,
                role: ROLE,
                kubernetesServiceAccountToken: {
                  serviceAccountRef: { name: NAME, namespace: NAME, audiences: [VAULT_AUDIENCE] },
                },
              },
            },
          },
        },
        VAULT_STORE,
      ),
      says: {
        component:
          'Secrets stay in Vault; what a namespace needs is copied into it and renewed every hour. OpenBao speaks the same language.',
        store:
          'Vault, for namespaces that carry its label. The operator signs in with a token of the cluster and holds none of Vault.',
        reach: 'Reads secrets from Vault, which is outside the cluster.',
      },
      ports: [{ port: VAULT_PORT }],
      grant: null,
    }),
    files: trustScript(input, {
      name: ROLE,
      subject: `system:serviceaccount:${NAME}:${NAME}`,
      may: [
        { path: `${VAULT_ENGINE}/data/$name/*` },
        { path: `${VAULT_ENGINE}/metadata/$name/*`, also: 'list' },
      ],
    }),
    placeholders: [VAULT_PLACEHOLDER],
    // Delivery waits for what Vault gives.
    firstSteps: [trustStep(input)],
    runbooks: [runbook(input)],
  };
}

const OF_HOUSE = `Vault's certificate is of an authority that \`${AUTHORITIES_FILE}\` does not hold
   ([authorities of the house](house-authorities.md)).`;
const OWN_AUTHORITY = `Vault's certificate comes from an authority of your own; add it as \`caBundle\` beside \`server\` in
   \`platform-config/base/secret-stores/vault.yaml\`.`;

const runbook = (input: ModuleInput): Runbook => ({
  id: 'secrets',
  title: 'A secret is missing or old, and how Vault comes to trust a cluster',
  text: `Vault (or OpenBao; say \`bao\` where it says \`vault\`) runs apart from these clusters, with unsealing and backups of its own. This repository
only reads from it.

Once per cluster, by somebody who may change Vault: \`${TRUST_SCRIPT} CLUSTER\`. It lets the operator of that cluster read what lies
below \`${VAULT_ENGINE}/CLUSTER_NAME/\`, and nothing else.

A namespace with the label \`${VAULT_STORE.label}: ${VAULT_STORE.value}\` asks for a secret with an ExternalSecret:

\`\`\`yaml
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: database, namespace: NAMESPACE}
spec:
  refreshInterval: 1h
  secretStoreRef: {kind: ClusterSecretStore, name: ${VAULT_STORE.name}}
  target: {name: database}
  data:
    - secretKey: password
      remoteRef: {key: CLUSTER_NAME/database, property: password}
\`\`\`

1. What the copy says of itself: \`kubectl -n NAMESPACE describe externalsecret NAME\`.
2. *permission denied*: the role's policy does not cover the path. *invalid audience* or *issuer*: the sign-in is of another cluster, or the
   cluster signs with a new key that Vault was not told of; run the script again.
3. *x509*: ${trustsHouse(input) ? OF_HOUSE : OWN_AUTHORITY}
4. Vault is sealed or away: copies stay as they are, and nothing is renewed. Mend Vault first.
5. A secret was changed in Vault and has to arrive at once:
   \`kubectl -n NAMESPACE annotate externalsecret NAME force-sync=now --overwrite\`. Pods that read it as environment restart to see it.
`,
});
