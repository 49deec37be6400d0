/** Istio in ambient mode: a proxy per node carries identity and mutual TLS; no pod has one of its own. */

import { collect } from '../collect.ts';
import type { Component, Contribution } from '../contribution.ts';
import { istioGatewayValues } from '../edge/gateway-istio/values.ts';
import { podMonitor } from '../edge/monitor.ts';
import type { ModuleInput } from '../module.ts';
import { scraped } from '../network/common-edges.ts';
import type { Edge, PodPeer } from '../network/edge.ts';
import type { WayIn } from '../way-in.ts';
import { AGENT_VALUES, AGENTS_NAMESPACE, ISTIO_AGENTS, istioCni } from './istio/agents.ts';
import { isIstioGateway, istioControlPlane, toIstiod } from './istio/control-plane.ts';
import { membershipChecks, nativesOf } from './istio/membership.ts';
import { istioPolicies } from './istio/policies.ts';
import { type Members, marked, membersOf, throughPort } from './members.ts';
import type { MeshModule } from './mesh.ts';
import { meshPage } from './page.ts';

const LABEL = 'istio.io/dataplane-mode';
/** HBONE: a tunnel with mutual TLS between the proxies of nodes. */
const TUNNEL = 15008;
/** What probes of a kubelet come from once a pod is in the mesh. */
const PROBES = '169.254.7.127/32';
const ZTUNNEL = {
  kind: 'pods',
  namespace: ISTIO_AGENTS,
  labels: { app: 'ztunnel' },
} as const satisfies PodPeer;

export const istioAmbient: MeshModule = (input, wayIn) => ({
  contribution: collect([
    istioControlPlane(
      input,
      'mesh',
      {
        profile: 'ambient',
        // ztunnel asks for certificates in the name of others, which its own account alone may do.
        trustedZtunnelNamespace: ISTIO_AGENTS,
        ...(isIstioGateway(input) ? istioGatewayValues(input) : {}),
      },
      [ZTUNNEL, ...nativesOf(input)],
    ),
    own(input, wayIn),
  ]),
  weave: whole => {
    const members = membersOf(whole, wayIn, nativesOf(input));
    return {
      ...whole,
      namespaces: marked(whole.namespaces, members, () => ({ labels: { [LABEL]: 'ambient' } })),
      edges: [...throughPort(whole.edges, members, TUNNEL), ...probes(whole.edges, members)],
      config: [...whole.config, istioPolicies(whole.edges, members)],
    };
  },
});

function own(input: ModuleInput, wayIn: WayIn | null): Contribution {
  return {
    namespaces: [AGENTS_NAMESPACE],
    components: [istioCni(input, { profile: 'ambient' }), ztunnel()],
    edges: [toIstiod('ztunnel', 'configuration', ZTUNNEL), scraped('ztunnel', ZTUNNEL, 15020)],
    runbooks: [page(wayIn)],
    checks: [
      ...membershipChecks(`${LABEL}: ambient`),
      {
        decision: 'mesh',
        says: 'Every workload of the mesh is reached through the tunnel.',
        command: 'istioctl ztunnel-config workloads --workload-namespace demo',
        path: 'platform/ztunnel/values.yaml',
      },
    ],
  };
}

function ztunnel(): Component {
  return {
    id: 'ztunnel',
    decision: 'mesh',
    layer: 'platform-mesh',
    says: 'Carries the traffic of the pods of its node with their identity. Replacing it ends the connections of that node.',
    chart: {
      release: 'ztunnel',
      namespace: ISTIO_AGENTS,
      crds: 'skip',
      values: {
        ...AGENT_VALUES,
        istioNamespace: 'istio-system',
        logAsJson: true,
        resources: { requests: { cpu: '200m', memory: '512Mi' }, limits: { memory: '1Gi' } },
        terminationGracePeriodSeconds: 60,
      },
    },
    objects: { monitors: [podMonitor('ztunnel', ZTUNNEL, { port: 'ztunnel-stats' })] },
  };
}

/** Probes come from a fixed address instead of the node's, so plugins do not know them for what they are. */
function probes(edges: readonly Edge[], { namespaces }: Members): readonly Edge[] {
  return namespaces.flatMap((namespace): readonly Edge[] => {
    const opened = edges.filter(
      ({ direction, pods }) => direction === 'ingress' && pods.namespace === namespace,
    );
    const ports = opened.flatMap(edge => edge.ports).filter(({ protocol }) => protocol !== 'UDP');
    const numbers = [...new Set(ports.map(({ port }) => port))].sort((a, b) => a - b);
    const [first] = opened;
    if (first === undefined) return [];
    return [
      {
        name: 'probes-of-kubelet',
        owner: 'ztunnel',
        because: 'In the mesh the probes of the kubelet come from this address, which no other pod has.',
        pods: { kind: 'pods', namespace },
        direction: 'ingress',
        peers: [{ kind: 'range', cidr: PROBES }],
        ports: numbers.map(port => ({ port })),
      },
    ];
  });
}

function page(wayIn: WayIn | null) {
  return meshPage({
    title: 'The mesh: Istio in ambient mode',
    mark: `${LABEL}: ambient`,
    edge:
      wayIn?.proxies === null || wayIn === null
        ? 'Requests from outside come without an identity; it begins behind the way in.'
        : `The proxies of the edge (\`${wayIn.component}\`) are in it as well, so that identity begins there.`,
    seen: `- \`istioctl ztunnel-config workloads --workload-namespace demo\`: the protocol is HBONE. TCP means that the pod is not in the mesh.
- \`istioctl ztunnel-config certificates --node NODE\`: one per service account, valid for a day.
- \`kubectl -n ${ISTIO_AGENTS} logs daemonset/ztunnel | grep denied\`: who was refused, by which policy.`,
    trouble: `**An agent is missing.** \`kubectl -n ${ISTIO_AGENTS} get pods -o wide\`. Without \`istio-cni\` no new pod of the mesh starts on that node, without
\`ztunnel\` none there is reached. Cordon the node and drain it if the agent does not come back.

**A pod does not become ready.** Its probes come from ${PROBES.replace('/32', '')}: the policy \`probes-of-kubelet\` of its namespace must name the port.

**A connection is refused.** The network lets pods of the mesh reach each other at ${TUNNEL} alone; a port of the workload itself is open to those outside
only. Layer 7 rules (paths, methods, headers) need a waypoint, and this repository makes none: with such a rule and without a waypoint everything
is refused.`,
  });
}
