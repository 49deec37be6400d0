/** The mesh of Cilium: the network plugin itself encrypts between nodes and tells workloads apart; no proxy is added to a pod. */
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { joinsClusters, whyApart } from '../cni/cilium/joined-clusters.ts';
import { encryptionOf, hasRoutesOfCilium } from '../cni/cilium/values.ts';
import type { Contribution, Runbook } from '../contribution.ts';
import { gatewayApi } from '../edge/gateway-api.ts';
import { alertRules } from '../metrics/alerts.ts';
import { MONITORING } from '../metrics/namespaces.ts';
import { isObserved } from '../metrics/observed.ts';
import type { ModuleInput } from '../module.ts';
import type { Check } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';
import { JOIN_ALERT, joinChecks, joinPage } from './cilium-mesh/joined.ts';
import type { MeshModule } from './mesh.ts';

const NAME = 'mesh-of-cilium';
const VALUES = 'platform/cilium/values.yaml';

export const ciliumMesh: MeshModule = input => {
  if (pickOf(input.stack, 'cni') !== 'cilium')
    return { notGenerated: 'The mesh of Cilium is part of Cilium, which is not the network plugin here.' };
  const apart = whyApart(input);
  if (apart !== null) return { notGenerated: apart };
  return { contribution: contribution(input), weave: whole => withKinds(input, whole) };
};

function contribution(input: ModuleInput): Contribution {
  // Where a service or a vendor judges them, the rules are handed over from here.
  const observed = isObserved(input);
  return {
    ...(observed
      ? {
          components: [
            {
              id: NAME,
              decision: 'mesh',
              layer: 'platform-obs',
              says: 'Alerts of the mesh. Its settings are those of the network plugin, in platform/cilium.',
              objects: { alerts: [alerts(input)] },
            },
          ],
        }
      : {}),
    runbooks: [page(input), ...(joinsClusters(input) ? [joinPage(input)] : [])],
    checks: [...checks(input), ...(joinsClusters(input) ? joinChecks(input) : [])],
  };
}

/** Kinds of the Gateway API where routes between services are all that uses them: they have one owner. */
function withKinds(input: ModuleInput, whole: Required<Contribution>): Required<Contribution> {
  const kinds = gatewayApi(input);
  const there = whole.components.some(({ id }) => id === kinds.id);
  return there || !hasRoutesOfCilium(input) ? whole : { ...whole, components: [...whole.components, kinds] };
}

function alerts(input: ModuleInput): IPrometheusRule {
  return alertRules(input, { name: NAME, namespace: MONITORING }, [
    {
      alert: 'TrafficWithoutEncryption',
      expr: 'sum by (node, direction) (rate(cilium_drop_count_total{reason="Traffic is unencrypted"}[5m])) > 0',
      lasting: '5m',
      severity: 'critical',
      summary: 'A node drops traffic between pods because it is not encrypted.',
      description: 'A node whose key the others do not have sends in the clear; its pods cannot be reached.',
      runbook: 'mesh',
    },
    {
      alert: 'CallsRefusedByPolicy',
      expr: 'sum by (node, direction) (rate(cilium_drop_count_total{reason="Policy denied"}[10m])) > 1',
      lasting: '30m',
      severity: 'warning',
      summary: 'Calls between workloads have been refused for half an hour, more than one in a second.',
      description: 'A caller that no edge names, or a policy that a change has lost.',
      runbook: 'mesh',
    },
    ...(joinsClusters(input) ? [JOIN_ALERT] : []),
  ]);
}

function checks(input: ModuleInput): readonly Check[] {
  const strict = encryptionOf(input) === 'wireguard';
  return [
    {
      decision: 'mesh',
      says: 'Traffic between nodes is encrypted by Cilium.',
      command: `grep -q '^encryption:$' ${VALUES}`,
      path: VALUES,
    },
    ...(strict
      ? [
          {
            decision: 'mesh',
            says: 'What comes to a pod in the clear from another node is dropped.',
            command: `grep -q '^  strictMode:$' ${VALUES}`,
            path: VALUES,
          },
        ]
      : []),
    {
      decision: 'mesh',
      says: 'Every node encrypts what it sends to the others.',
      command: 'kubectl -n kube-system exec daemonset/cilium -c cilium-agent -- cilium-dbg encrypt status',
      path: VALUES,
    },
  ];
}

function page(input: ModuleInput): Runbook {
  const type = encryptionOf(input);
  const strict =
    type === 'wireguard'
      ? 'A packet between pods that arrives from another node in the clear is dropped.'
      : 'IPsec has no strict mode: the first packets to a pod that has just started may go in the clear.';
  return {
    id: 'mesh',
    title: 'The mesh: Cilium',
    text: `Every pod is in it: there is no proxy beside a pod and nothing to mark. What it gives, and what not:

- **Who may call whom** is decided by the identity that Cilium derives from namespace and labels; the network policies of this repository say it.
  No certificate proves it: whoever can set a pod's labels can be that pod. Who may do so is a matter of roles and of admission policies.
- **The wire** between nodes is encrypted by ${type === 'ipsec' ? 'IPsec' : 'WireGuard'}; within a node nothing leaves the machine. ${strict}
  Keys: see [network-plugin](network-plugin.md).
- **Mutual TLS by workload** is not switched on. Cilium has two ways to it, one by SPIRE and one by ztunnel, and calls both beta. Ztunnel
  takes the place of the encryption between nodes. Where mutual TLS is mandated, this is the wrong mesh.
- **Other clusters**: ${acrossClusters(input)}
- **Routes between services** ${hasRoutesOfCilium(input) ? ROUTES : 'are not switched on: the answers do not ask for calls to be shaped.'}

## Seeing it

\`\`\`sh
kubectl -n kube-system port-forward service/hubble-relay 4245:80 &
hubble observe --namespace demo --follow
kubectl -n kube-system exec daemonset/cilium -c cilium-agent -- cilium-dbg encrypt status
\`\`\`

The first names both ends by identity, and every refusal with its reason; the second counts the keys of the other nodes: one less than there
are nodes.

## The alerts

- *TrafficWithoutEncryption*: \`hubble observe --verdict DROPPED --type drop\` names the node that sends in the clear. Its agent runs with other
  settings (\`cilium-dbg encrypt status\` there), or UDP 51871 is closed between the two.
- *CallsRefusedByPolicy*: \`hubble observe --verdict DROPPED --follow\` names caller and port. A call that is wanted becomes an edge with its
  reason, see [network-denied](network-denied.md); one that is not is somebody to talk to.
`,
  };
}

function acrossClusters(input: ModuleInput): string {
  if (joinsClusters(input))
    return 'those of one environment are joined, and a namespace is of its own cluster until it says otherwise: [clusters](clusters.md).';
  return answerOf(input.stack, 'cross-cluster') === 'yes'
    ? 'no environment has a second one, so there is nothing to join.'
    : 'services call those of another cluster through its way in.';
}

const ROUTES = `are HTTPRoutes whose parent is a Service:
  weights, headers, redirects. They run through one proxy per node, so a noisy service is felt by its neighbours. A Service that no
  route names is not touched. Both ends still need their network policy, since the proxy keeps the identity of the caller.`;
