/** Vault or OpenBao, run apart from the clusters: its secrets are copied into namespaces that are allowed to have them. */
import type { Contribution, Runbook } from '../contribution.ts';
import type { MissingPart, ModuleInput } from '../module.ts';
import { isNamed, pickOf } from '../picks.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { NAME, secretsOperator } from './external-secrets/operator.ts';
import { secretStore, VAULT_STORE } from './external-secrets/store.ts';

const ROLE = 'external-secrets';
const VAULT = `https://${TOKENS.vault}.example.com:8200`;
const VAULT_PORT = 8200;
/** Where Vault keeps what it knows of a cluster's tokens. */
const VAULT_SIGN_IN = 'jwt-${CLUSTER_NAME}';
const VAULT_PLACEHOLDER = {
  token: TOKENS.vault,
  meaning: 'Host that Vault or OpenBao answers at; replace the whole name.',
  example: 'vault.acme.example',
} as const;

/** What is asked for and is not there, although secrets come. */
export function copiesOfVault({ stack }: ModuleInput): readonly MissingPart[] {
  const copied = pickOf(stack, 'secrets') === 'vault' && isNamed(stack, 'secret-needs', 'no-copy');
  return copied ? [{ decision: 'secrets', pick: 'vault', because: COPIED }] : [];
}

export function vault(input: ModuleInput): Contribution {
  return {
    ...secretsOperator(input, {
      store: secretStore(
        {
          vault: {
            server: VAULT,
            path: 'platform',
            version: 'v2',
            auth: {
              jwt: {
                path: VAULT_SIGN_IN,
                role: ROLE,
                kubernetesServiceAccountToken: {
                  serviceAccountRef: { name: NAME, namespace: NAME, audiences: ['vault'] },
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
    placeholders: [VAULT_PLACEHOLDER],
    // Delivery waits for what Vault gives.
    firstSteps: [
      'Let Vault trust the tokens of each cluster (docs/runbooks/secrets.md); nothing of Vault itself is made here.',
    ],
    runbooks: [RUNBOOK],
  };
}

const COPIED =
  'What is written for Vault copies secrets into objects of the cluster, which the answers do not allow. The agent of Vault, which mounts them, comes with its own chart and is not written: until it is there, let nothing but the platform be copied.';

const RUNBOOK: Runbook = {
  id: 'secrets',
  title: 'A secret is missing or old, and how Vault comes to trust a cluster',
  text: `Vault (or OpenBao; say \`bao\` where it says \`vault\`) runs apart from these clusters, with unsealing and backups of its own. This repository
only reads from it.

Once per cluster, by somebody who may change Vault. The issuer stands in \`kubectl get --raw /.well-known/openid-configuration\`; where
Vault cannot reach it, give it the keys of \`kubectl get --raw /openid/v1/jwks\` as \`jwt_validation_pubkeys\` instead.

\`\`\`sh
vault auth enable -path=jwt-CLUSTER jwt
vault write auth/jwt-CLUSTER/config oidc_discovery_url=ISSUER
vault policy write CLUSTER-read - <<'POLICY'
path "platform/data/CLUSTER/*" { capabilities = ["read"] }
path "platform/metadata/CLUSTER/*" { capabilities = ["read", "list"] }
POLICY
vault write auth/jwt-CLUSTER/role/${ROLE} role_type=jwt user_claim=sub bound_audiences=vault \\
  bound_subject=system:serviceaccount:${NAME}:${NAME} token_policies=CLUSTER-read token_ttl=15m
\`\`\`

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
      remoteRef: {key: CLUSTER/database, property: password}
\`\`\`

1. What the copy says of itself: \`kubectl -n NAMESPACE describe externalsecret NAME\`.
2. *permission denied*: the role's policy does not cover the path. *invalid audience* or *issuer*: the sign-in above is of another cluster.
3. *x509*: Vault's certificate comes from an authority of your own; add it as \`caBundle\` beside \`server\` in
   \`platform-config/base/secret-stores/vault.yaml\`.
4. Vault is sealed or away: copies stay as they are, and nothing is renewed. Mend Vault first.
5. A secret was changed in Vault and has to arrive at once:
   \`kubectl -n NAMESPACE annotate externalsecret NAME force-sync=now --overwrite\`. Pods that read it as environment restart to see it.
`,
};
