/** The cloud controller manager of Azure: load balancers for Services, and nodes whose machine is gone. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution } from '../../contribution.ts';
import type { Foundation, Grant } from '../../foundation.ts';
import type { PodPeer } from '../../network/edge.ts';
import { platformNamespace } from '../../network/namespace.ts';
import {
  AUTHENTICATION,
  account,
  BALANCERS,
  BINDING,
  BUDGET,
  deployment,
  LABELS,
  ROLE,
} from './balancer-objects.ts';

const DECISION = 'platform-defaults';
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
