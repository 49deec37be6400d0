/** Runbook of Calico: how it came here, how it is raised, and what its alerts mean. */
import type { Runbook } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { pickOf } from '../../picks.ts';
import { release } from '../../release.ts';
import { CALICO, CALICO_RUNBOOK, CALICO_SYSTEM, type CalicoPlace } from './place.ts';
import { isEncrypted } from './values.ts';

export function calicoRunbook(input: ModuleInput, place: CalicoPlace): Runbook {
  const { pages, role } = place;
  const alerts = pickOf(input.stack, 'metrics') === 'kube-prometheus-stack';
  return {
    id: CALICO_RUNBOOK,
    title: 'The network plugin',
    text: `${pages.opening(place.broughtBy === 'distribution' ? '' : release(input, CALICO).version)}

## Looking at it

\`\`\`sh
kubectl get tigerastatus
kubectl -n ${CALICO_SYSTEM} get pods -o wide
\`\`\`

*Degraded* says in its message which part and why: \`kubectl describe tigerastatus calico\`.
${isEncrypted(input, role) ? ENCRYPTION : ''}
## Raising its version

One minor at a time, outside production first. ${pages.raising}

${pages.closing}${alerts ? alertsText(role) : ''}`,
  };
}

const ENCRYPTION = `
Traffic between pods on different nodes is encrypted by WireGuard (UDP 51820 between hosts). A node that has its key says so:
\`kubectl get nodes -o custom-columns=NODE:.metadata.name,KEY:.metadata.annotations.projectcalico\\.org/WireguardPublicKey\`. One without a key sends in the clear;
its kernel lacks the module \`wireguard\`.
`;

function alertsText(role: CalicoPlace['role']): string {
  const addresses = `- *PodAddressesNearlyUsedUp*: \`kubectl get ipamblocks.crd.projectcalico.org\` shows which node holds how many blocks of 64. Jobs that finished and were
  never removed keep theirs. The range itself cannot be made larger in place: it is a second pool, or a cluster with a larger one.
`;
  return `
## The alerts

- *NetworkRulesNotWritten*: the log of that node's agent says which rule the kernel refuses,
  \`kubectl -n ${CALICO_SYSTEM} logs --tail=100 "$(kubectl -n ${CALICO_SYSTEM} get pods -l k8s-app=calico-node --field-selector spec.nodeName=NODE -o name)"\`. Another program that writes rules on the host, or a kernel
  without the module that is named, is the usual cause. Drain the node and start it anew.
- *NetworkAgentOutOfStep*: the agent has lost \`calico-typha\`, which tells it what there is: \`kubectl -n ${CALICO_SYSTEM} get pods -l k8s-app=calico-typha -o wide\`, and TCP 5473
  between nodes.
${role === 'network' ? addresses : ''}`;
}
