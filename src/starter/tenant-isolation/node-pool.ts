/** Nodes of their own for each tenant: who breaks out of a container meets nobody else on the node. */
import { collect } from '../collect.ts';
import type { Contribution, Runbook } from '../contribution.ts';
import { MACHINE_SETS } from '../control-plane/openshift-cloud/machine-sets.ts';
import { TENANT_HOSTS, whyTenantsShare } from '../control-plane/self-managed/tenant-hosts.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { answerOf, pickOf } from '../picks.ts';
import { spacesOf, TEAM, TENANT } from './spaces.ts';
import { namespacesOfTeams } from './team-namespaces.ts';
import { tenantPodPolicy } from './tenant-pods.ts';

const DECISION = 'tenant-isolation';
const FOLDER = 'tenant-placement';
const POLICY = 'tenants-on-their-own-nodes';

export function tenantNodePools(input: ModuleInput): Contribution | NotGenerated {
  if (pickOf(input.stack, 'topology') === 'cluster-per-tenant')
    return { notGenerated: 'Each tenant has a cluster already, and all nodes of it are theirs.' };
  const onHosts = pickOf(input.stack, 'control-plane') === 'self-managed';
  const shared = onHosts ? whyTenantsShare(input) : null;
  if (shared !== null) return { notGenerated: shared };
  if (!onHosts && input.foundation.carriesOut?.[DECISION]?.includes('node-pool') !== true)
    return {
      notGenerated:
        'A node pool per tenant is not generated for this control plane, whose provider plans the nodes by itself: pods of tenants stay apart by namespace.',
    };
  return collect([
    namespacesOfTeams(input),
    {
      config: [
        {
          id: FOLDER,
          decision: DECISION,
          says: 'Pods of a tenant run on nodes of that tenant and nowhere else, and the API server holds them to it.',
          objects: { [POLICY]: PLACEMENT },
        },
      ],
      runbooks: [runbook(input)],
      checks: [
        {
          decision: DECISION,
          says: 'Pods of tenants are refused anywhere but on their own nodes.',
          command: `grep -q '^ +- Deny$' platform-config/base/${FOLDER}/${POLICY}.yaml`.replace('-q', '-qE'),
          path: `platform-config/base/${FOLDER}/${POLICY}.yaml`,
        },
        {
          decision: DECISION,
          says: 'No pod of a tenant runs on the node of another.',
          command: `kubectl get validatingadmissionpolicybindings ${POLICY} -o jsonpath='{.spec.validationActions}' | grep -q Deny`,
          path: `platform-config/base/${FOLDER}/${POLICY}.yaml`,
        },
      ],
    },
  ]);
}

const OWN = `namespaceObject.metadata.labels['${TEAM}']`;

const PLACEMENT = tenantPodPolicy(
  POLICY,
  'Taints keep others off the nodes of a tenant, and this keeps the tenant on them: a toleration is something that anybody could write.',
  [
    {
      expression: `has(object.spec.nodeSelector) && '${TENANT}' in object.spec.nodeSelector && object.spec.nodeSelector['${TENANT}'] == ${OWN}`,
      messageExpression: `"nodeSelector must say ${TENANT}: " + ${OWN}`,
      reason: 'Invalid',
    },
    {
      expression: `!has(object.spec.tolerations) || object.spec.tolerations.all(t, has(t.key) && (t.key.startsWith('node.kubernetes.io/') || (t.key == '${TENANT}' && has(t.value) && t.value == ${OWN})))`,
      messageExpression: `"tolerations may name ${TENANT}=" + ${OWN} + " and nothing else"`,
      reason: 'Invalid',
    },
  ],
);

const POOL_COMES =
  '**A tenant comes.** Namespace and role binding as in [teams](teams.md), and a pool beside the others; nodes first, then the namespace.\n';
const HOSTS_COME = `**A tenant comes.** Three hosts of the role workload in the inventory, one in each of three places, set up as any other; a line \`tenant NAME HOST HOST HOST\`
below them; \`${TENANT_HOSTS} CLUSTER\`, which marks them. Then namespace and role binding as in [teams](teams.md).

**A host is replaced.** Under its old name it may have lost its marks: \`${TENANT_HOSTS} CLUSTER\` again. Until then no pod of a tenant goes there.
`;

const SETS_COME = `**A tenant comes.** Its name in \`${MACHINE_SETS}\` beside the others, and \`${MACHINE_SETS} CLUSTER\`, which makes a set of one machine in each zone. When these are there,
namespace and role binding as in [teams](teams.md). More machines: \`oc -n openshift-machine-api scale machineset tenant-NAME-1 --replicas 2\`, the same for all three.
`;

/** How nodes of a further tenant come to be. */
function newTenant({ stack }: ModuleInput): string {
  if (pickOf(stack, 'control-plane') !== 'self-managed') return POOL_COMES;
  return pickOf(stack, 'distribution') === 'openshift' && answerOf(stack, 'cloud') !== 'on-prem'
    ? SETS_COME
    : HOSTS_COME;
}

function runbook(input: ModuleInput): Runbook {
  const [first] = spacesOf(input);
  const team = first?.team ?? 'NAME';
  return {
    id: 'tenant-nodes',
    title: 'Nodes of a tenant',
    text: `Nodes of a tenant carry the label and the taint \`${TENANT}: TENANT\`; nobody else's pods tolerate it. Every pod in a namespace of a tenant says the same:

\`\`\`yaml
nodeSelector:
  ${TENANT}: ${team}
tolerations:
  - key: ${TENANT}
    value: ${team}
    effect: NoSchedule
\`\`\`

**A pod is refused.** *${POLICY}* says what is missing. \`kubectl -n NAMESPACE describe replicaset\` shows it where a Deployment makes no pods. A toleration without a key
tolerates everything and is refused for that reason.

**Pods of a tenant wait.** Their nodes are full: \`kubectl get nodes -l ${TENANT}=TENANT\`, then the limit of that pool in the infrastructure, and the quota of the
namespace before that. A quota that is larger than the pool is a promise that nobody keeps.

${newTenant(input)}
**A tenant goes.** Its workloads first, then its pool: \`kubectl get pods --all-namespaces --field-selector spec.nodeName=NODE\` shows what is left on a node.

What is still shared: the API server, DNS, the way in, and the agents of the platform on every node.
`,
  };
}
