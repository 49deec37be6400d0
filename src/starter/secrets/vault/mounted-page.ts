/** docs/runbooks/secrets.md, where secrets of Vault are mounted. */
import type { Runbook } from '../../contribution.ts';
import { AUTHORITIES_FILE, trustsHouse } from '../../dns-and-certificates/house/authorities.ts';
import type { ModuleInput } from '../../module.ts';
import { STORE_DRIVER } from '../store-driver.ts';
import { COMPARING_KEY, keepsLeases, VAULT_PROVIDER } from './provider.ts';
import { VAULT_ENGINE } from './server.ts';
import { TRUST_SCRIPT } from './trust-script.ts';

/** By which every pod signs in; what it may read follows from its account. */
export const ROLE = 'mounted-secrets';

export const mountedPage = (input: ModuleInput): Runbook => ({
  id: 'secrets',
  title: 'A secret is not mounted, and how Vault comes to trust a cluster',
  text: `A secret lies in Vault (or OpenBao; say \`bao\` where it says \`vault\`) and is mounted as a file into the pod that needs it; no Secret object is
made of it. Vault runs apart from these clusters, with unsealing and backups of its own. This repository only reads from it.

Once per cluster, by somebody who may change Vault: \`${TRUST_SCRIPT} CLUSTER\`. From then on each service account of that cluster may read
what lies below \`${VAULT_ENGINE}/CLUSTER_NAME/NAMESPACE/ACCOUNT/\`, and nothing else: a new workload takes no change of Vault's rights.

${trustsHouse(input) ? OF_HOUSE : OWN_AUTHORITY}

A new secret:

1. Write it: \`vault kv put -mount=${VAULT_ENGINE} CLUSTER_NAME/NAMESPACE/ACCOUNT/database password=-\`, which reads the value from its input.
2. Say in Git what is mounted, beside the workload, and mount it:

\`\`\`yaml
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: {name: database, namespace: NAMESPACE}
spec:
  provider: vault
  parameters:
    roleName: ${ROLE}
    objects: |
      - objectName: password
        secretPath: ${VAULT_ENGINE}/data/CLUSTER_NAME/NAMESPACE/ACCOUNT/database
        secretKey: password
\`\`\`

The pod runs as the service account ACCOUNT and gets a volume with
\`csi: {driver: secrets-store.csi.k8s.io, readOnly: true, volumeAttributes: {secretProviderClass: database}}\`, which Pod Security *restricted*
allows. The provider reads as the pod, on the node: the pod needs no policy for it.
${keepsLeases(input) ? ON_DEMAND : ''}
The pod does not start, or SecretsNotMounted is raised: \`kubectl -n NAMESPACE describe pod NAME\`.

- *permission denied* while signing in: the cluster signs with a key that Vault does not know, or its issuer is another one. Run the script again.
- *permission denied* at a path: it is not below cluster, namespace and account of the pod.
- *x509*: the authority of Vault's certificate is not known, see above.
- *provider not found*: the provider does not run on that node; \`kubectl -n ${STORE_DRIVER} get pods -o wide\`.
- *connection refused* or a timeout: Vault is sealed or away. Pods that run keep what they have, and none starts anew until it is back.

SecretsNotReadAgain: pods run on with the values of before. The log says why:
\`kubectl -n ${STORE_DRIVER} logs daemonset/${VAULT_PROVIDER} -c provider\`.

A secret was changed in Vault: its file changes within some minutes. A program that reads it once has to be restarted.

The one Secret here, \`${STORE_DRIVER}/${COMPARING_KEY}\`, is made by the provider itself and opens nothing: by it two values are compared without
being shown. Taken away, it is made anew.
`,
});

const OF_HOUSE = `The authority of Vault's certificate stands in \`${AUTHORITIES_FILE}\` ([authorities of the house](house-authorities.md)).`;

const OWN_AUTHORITY = `Where Vault's own certificate comes from an authority of the house, the certificate of that authority goes into
\`platform/${VAULT_PROVIDER}/authority.yaml\`, in the place of the empty text. Pods that ran before see it after
\`kubectl -n ${STORE_DRIVER} rollout restart daemonset/${VAULT_PROVIDER}\`.`;

const ON_DEMAND = `
A credential that is made on demand: give the engine \`database\` a role of the name \`CLUSTER_NAME.NAMESPACE.ACCOUNT\`, and name it as
\`secretPath: database/creds/CLUSTER_NAME.NAMESPACE.ACCOUNT\` with \`secretKey: username\` and, as a second object, \`secretKey: password\`. The agent
beside the provider keeps the lease and renews it, so that both files stay the same for a day at most; then both change within two minutes of each
other, and the program has to read them again. A pod that starts on another node gets a credential of its own.
`;
