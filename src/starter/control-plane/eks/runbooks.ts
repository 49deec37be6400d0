/** Runbooks for the beginning, the upgrades and the end of a cluster on EKS. */

import { fromHereOn, whileApplying } from '../../api-exposure/access.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { FIRST_APPLY, isInstalledWithin, secondApply } from '../../cni/cilium/eks-closed.ts';
import type { Runbook } from '../../contribution.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { ADDRESSES } from '../../environments/nat-gateways.ts';
import { hasGrafana } from '../../metrics/data-source.ts';
import { pickOf } from '../../picks.ts';
import { withToken } from '../../repository/scripts/script-parts.ts';
import { breakSomething } from '../../workload/break-something.ts';
import { balancersFirst, destroy, waitsForCertificates } from '../beginning-and-end.ts';
import { copyValues } from '../copied-values.ts';
import { FILL_CLUSTER_VARS } from '../fill-cluster-vars.ts';
import { componentsFirst, minorOfCluster } from '../upgrade-steps.ts';
import { accountOnce } from './account-steps.ts';
import { standsInExistingNetwork } from './existing-network.ts';
import { leadsToHouse } from './firewall.ts';
import { GIVEN_AND_CLOSED } from './given-and-closed.ts';
import { waitsForApply } from './made-up.ts';
import { isAutoMode } from './mode.ts';
import { hasSandboxNodes } from './sandbox-nodes.ts';
import { windowsNodes } from './windows-nodes.ts';
import { zoneLine } from './zone.ts';

/** `needs`: what the network plugin needs in the middle of it. */
export function eksRunbooks(input: ClusterInput, needs = ''): readonly Runbook[] {
  return [bootstrapRunbook(input, needs), upgradeRunbook(input), teardownRunbook(input)];
}

function bootstrapRunbook(input: ClusterInput, needs: string): Runbook {
  const { clusters, stack } = input;
  const [{ name }] = clusters;
  const closed = wayOut(input) === 'none';
  const ofNetwork = standsInExistingNetwork(input)
    ? ''
    : wayOut(input) === 'nat'
      ? `${ADDRESSES}, one more VPC, `
      : 'one more VPC, ';
  return {
    id: 'bootstrap',
    title: 'From nothing to a running cluster',
    text: `Takes about an hour, most of it waiting. Shown for ${name}; the other clusters go the same way. Each block of commands starts at
the root of this repository.

## Before

- Tools: \`mise install\`.
- Quotas of the account in the region of the cluster: ${ofNetwork}${instances(input)} on-demand instances of four vCPUs each.
${zoneLine(input)}- No placeholder is left${waitsForApply(input) ? ' but those that are filled in below' : ''}: \`scripts/check-placeholders.sh\`.
${leadsToHouse(input) ? (closed ? ATTACHMENT : HOUSE) : ''}${closed && standsInExistingNetwork(input) ? `${GIVEN_AND_CLOSED.trimStart()}\n` : ''}
## The account, once

${accountOnce(input)}

## The cluster

${closed && hasSandboxNodes(input) ? CARRIED_FIRST : ''}\`\`\`sh
cd infra/eks
${copyValues(name)}
tofu init -reconfigure -backend-config=envs/${name}.tfbackend
${isInstalledWithin(input) ? FIRST_APPLY : 'tofu apply'} -var-file=envs/${name}.tfvars
${madeWith(input)}
${
  waitsForApply(input)
    ? `cd ../..
${FILL_CLUSTER_VARS} ${name}
`
    : ''
}\`\`\`
${waitsForApply(input) ? FILLED : ''}${closed ? '' : gap(fromHereOn(input, name))}${gap(isInstalledWithin(input) ? secondApply(name) : whileApplying(input, name, needs))}
## What runs in it

${closed ? within(name) : `\`\`\`sh\n${withToken(input)}scripts/bootstrap.sh ${name}\n\`\`\``}

It may be run again at any time.${waitsForCertificates(input)}

## Afterwards

${hasGrafana({ stack }) ? GRAFANA : ''}${breakSomething(input)}
- Take the role you bootstrapped with out of daily use.
`,
  };
}

function upgradeRunbook(input: ClusterInput): Runbook {
  const { clusters, kubernetes, delivery } = input;
  const order = clusters.map(({ name }) => name).join(', then ');
  return {
    id: 'upgrade-cluster',
    title: 'Upgrading Kubernetes',
    text: `One minor at a time; the control plane cannot go back. This repository is written for ${kubernetes}. Order: ${order},
with a few days between them.

1. Read what the minor removes, and look for it: \`kubectl get --raw /metrics | grep apiserver_requested_deprecated_apis\`.
2. See that every component supports it. The record of the platform defaults says which of them hold it back.
${componentsFirst(input)}
4. Raise ${minorOfCluster(input, 'infra/eks')}.
${isAutoMode(input) ? AUTO_STEPS : STEPS}
7. \`${delivery.state}\` and the dashboards, for a day, before the next cluster.

${pickOf(input.stack, 'upgrades') === 'extended-support' ? 'At the end of its extended support AWS raises the minor itself; the fee begins with the end of the standard support.' : 'At the end of its standard support AWS raises the minor itself: do it before.'}
`,
  };
}

function teardownRunbook(input: ClusterInput): Runbook {
  const { clusters, delivery } = input;
  const [{ name }] = clusters;
  return {
    id: 'teardown',
    title: 'Taking a cluster down',
    text: `In this order: what controllers have made outside the cluster goes first, since nobody would find it later.

1. Stop delivery: \`${delivery.stop}\`.
2. ${balancersFirst(input, 'load balancers')}
3. Delete claims whose data is no longer needed. Volumes are kept on purpose; delete them in EC2 by hand.${pickOf(input.stack, 'autoscaling') === 'karpenter' ? KARPENTER : ''}
4. Turn \`deletion_protection\` off and take \`prevent_destroy\` off in every file that has them, and apply that:
   \`grep -lE 'deletion_protection|prevent_destroy' infra/eks/*.tf\`. It is a pull request, which is the point of them. What has to
   outlive the cluster stays by \`tofu state rm\`; AWS deletes no bucket and no vault of backups while something lies in it.
5. ${destroy('infra/eks', name)}.
6. Take \`clusters/${name}\` and its overlays out of this repository.

The key of the Secrets is gone after thirty days; until then it can be brought back.
`,
  };
}

/** Each pool has one in each zone, and Windows two. */
function instances(input: ClusterInput): string {
  if (hasSandboxNodes(input)) return windowsNodes(input) === null ? 'nine' : 'eleven';
  return windowsNodes(input) === null ? 'six' : 'eight';
}

const gap = (paragraph: string) => (paragraph === '' ? '' : `\n${paragraph.trimEnd()}\n`);

const CARRIED_FIRST = `Nodes of the sandbox install themselves from the registry: [carrying in](no-way-out.md) comes before this.

`;

const KUBECONFIG =
  'aws eks update-kubeconfig --region REGION --name "$(tofu output -raw cluster_name)" --role-arn ADMIN_ROLE';

const FILLED = `
The script has written what only AWS knew into \`clusters\`: commit and push it.
`;

function madeWith(input: ClusterInput): string {
  if (isInstalledWithin(input)) return 'tofu output -raw api_endpoint';
  return wayOut(input) === 'none' ? 'tofu output -json cluster_vars >cluster-vars.json' : KUBECONFIG;
}

const within = (
  name: string,
) => `First what it is made of has to be there: [carrying in and handing over](no-way-out.md). Then, on the machine of the house that the
page names, with this repository, \`cluster-vars.json\` and the values of the cluster brought along:

\`\`\`sh
aws eks update-kubeconfig --region REGION --name CLUSTER_NAME --role-arn ADMIN_ROLE
CLUSTER_VARS=infra/eks/cluster-vars.json scripts/bootstrap.sh ${name}
\`\`\``;

export const ATTACHMENT = `- The Transit Gateway of the house is shared with the account; its owner accepts the attachment while the apply waits for it, and leads
  what goes to the range of this network back to it. No route of it leads on to the internet from here: there is none.
`;

const HOUSE = `- The Transit Gateway of the house is shared with the account; its owner accepts the attachment while the apply waits for it:
  [the way out](way-out.md).
`;

const GRAFANA = `- Read the password of Grafana: \`kubectl -n monitoring get secret grafana-admin -o jsonpath='{.data.admin-password}' | base64 -d\`
`;

const STEPS = `5. \`tofu plan\`: the control plane, then the add-ons in the versions that AWS gives this minor, then the node groups.
6. \`tofu apply\`. Node groups replace one node after the other; [a node that does not empty](node-drain.md) stops them.`;

const AUTO_STEPS = `5. \`tofu plan\`: the control plane and the add-on; \`tofu apply\`.
6. AWS replaces the nodes of every pool by itself within days, as fast as the budget of the pool and the disruption budgets let
   it; [a node that does not empty](node-drain.md) holds it up. \`kubectl get nodes\` shows the minor of each.`;

/** Their instances are in no state of OpenTofu, and hold on to subnets and security groups. */
const KARPENTER = `
   Then the nodes that Karpenter made, which no \`destroy\` knows: \`kubectl delete nodepools --all\` comes back when they are gone, after an hour at most.`;
