/** The webhook of Azure Workload Identity: gives marked pods a token of their service account, and says where Entra takes it. */
import type { Contribution, Runbook } from '../../contribution.ts';
import type { Foundation } from '../../foundation.ts';
import { scraped, toApiServer, webhook } from '../../network/common-edges.ts';
import type { PodPeer } from '../../network/edge.ts';
import { platformNamespace } from '../../network/namespace.ts';

const NAME = 'azure-workload-identity';
const DECISION = 'platform-defaults';
const LABELS = { app: 'workload-identity-webhook' };
const PODS: PodPeer = { kind: 'pods', namespace: NAME, labels: LABELS };

export function identityWebhook({ systemPool }: Pick<Foundation, 'systemPool'>): Contribution {
  return {
    namespaces: [platformNamespace(NAME, DECISION)],
    components: [
      {
        id: NAME,
        decision: DECISION,
        // Pods that were there before it would have no token: it comes before all that has rights in Azure.
        layer: 'crds',
        says: 'Marked pods get a token of their service account, which Entra exchanges for the identity that the infrastructure made. Without it they would not start.',
        chart: {
          release: NAME,
          namespace: NAME,
          crds: 'skip',
          values: {
            azureTenantID: '${TENANT_ID}',
            replicaCount: 2,
            ...systemPool,
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: 'topology.kubernetes.io/zone',
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: { matchLabels: LABELS },
              },
            ],
            podDisruptionBudget: { minAvailable: 1 },
            resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '128Mi' } },
          },
        },
      },
    ],
    edges: [webhook(NAME, PODS, 9443), toApiServer(NAME, PODS), scraped(NAME, PODS, 8095)],
    runbooks: [
      noAzureIdentity(
        `\`kubectl -n ${NAME} get pods\``,
        '`scripts/bootstrap.sh CLUSTER` publishes what the cluster has now',
      ),
    ],
    checks: [
      {
        decision: DECISION,
        says: 'Marked pods get a token for Entra.',
        command: `kubectl -n ${NAME} rollout status deployment/azure-wi-webhook-controller-manager --timeout=5m`,
        path: `platform/${NAME}/values.yaml`,
      },
    ],
  };
}

/** `seen` shows the webhook, and `published` says how keys get to where Entra reads them. */
export function noAzureIdentity(seen: string, published: string): Runbook {
  return {
    id: 'no-azure-identity',
    title: 'Pods have no identity in Azure',
    text: `Pods carry \`azure.workload.identity/use: "true"\`, their service account the client id; the webhook puts a token and four variables into them.
Entra takes the token when its issuer and its subject are those of a federated credential, and when the key it is signed with is published.

1. *failed calling webhook* in events: ${seen}. Pods with the label do not start without it, all others do.
2. The pod has no variable \`AZURE_FEDERATED_TOKEN_FILE\`: it lacks the label, or is older than the webhook. Restart it.
3. *AADSTS70021* or *AADSTS700211*: no federated credential has this issuer and subject. What tokens say:
   \`kubectl create token NAME --namespace NAMESPACE --audience api://AzureADTokenExchange | cut -d. -f2 | base64 -d\`; what is trusted:
   \`az identity federated-credential list --identity-name CLUSTER_NAME-NAME --resource-group CLUSTER_NAME\`. Letter by letter, a slash at the end as well.
4. *AADSTS7000272* or *AADSTS50166*: Entra cannot read the keys, or knows older ones. \`curl ISSUER/.well-known/openid-configuration\` and
   \`curl ISSUER/openid/v1/jwks\` have to answer from anywhere; ${published}.
5. After a new key for service accounts: publish it before the API server signs with it, and let the old one stay for a day.
`,
  };
}
