/** Istio with sidecars: every pod of the mesh has a proxy of its own, put there without any privilege. */
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { collect } from '../collect.ts';
import type { Contribution } from '../contribution.ts';
import { ENVOY_PROXIES, hasSidecar } from '../edge/gateway-envoy/with-sidecar.ts';
import { istioGatewayValues } from '../edge/gateway-istio/values.ts';
import type { ModuleInput } from '../module.ts';
import { scraped } from '../network/common-edges.ts';
import type { Edge, Peer, PodPeer } from '../network/edge.ts';
import type { WayIn } from '../way-in.ts';
import { AGENTS_NAMESPACE, istioCni } from './istio/agents.ts';
import {
  CONFIGURATION_PORT,
  ISTIO,
  ISTIO_NAMESPACE,
  ISTIOD,
  isIstioGateway,
  istioControlPlane,
  toIstiod,
} from './istio/control-plane.ts';
import { inNetwork, istioEastWest, joinedValues } from './istio/east-west.ts';
import { acrossClusters } from './istio/east-west-edges.ts';
import { membershipChecks, nativesOf } from './istio/membership.ts';
import { EAST_WEST_PODS } from './istio/names.ts';
import { istioPolicies } from './istio/policies.ts';
import { MESH_TAG } from './istio/tag.ts';
import { wayBetween } from './joined/way.ts';
import { type Members, marked, membersOf } from './members.ts';
import type { MeshModule } from './mesh.ts';
import { meshPage } from './page.ts';

const LABEL = 'istio.io/rev';
const TAG = MESH_TAG;
const REVISION = 'blue';
/** What the sidecars say of themselves; no traffic of the workload goes there. */
const SIDECAR_METRICS = 15090;

export const istioSidecar: MeshModule = (input, wayIn) => {
  if (wayIn !== null && wayIn.proxies !== null && !isIstioGateway(input) && !hasSidecar(input))
    return {
      notGenerated:
        'Istio with sidecars is generated with its own gateway and with Envoy Gateway: other proxies reach pods past their Services, or do not name them as Host, where a sidecar gives no identity.',
    };
  const joined = joinedValues(input);
  return {
    contribution: collect([
      istioControlPlane(
        input,
        'mesh',
        {
          revision: REVISION,
          // Gateways follow the tag default.
          revisionTags: [TAG, 'default'],
          cni: { enabled: true },
          ...(joined === null ? {} : { meshConfig: joined.meshConfig }),
          global: {
            ...(joined?.global ?? {}),
            proxy: {
              seccompProfile: { type: 'RuntimeDefault' },
              resources: { requests: { cpu: '50m', memory: '96Mi' }, limits: { cpu: '1', memory: '512Mi' } },
            },
          },
          ...(isIstioGateway(input) ? istioGatewayValues(input) : {}),
        },
        [...nativesOf(input), ...(wayBetween(input) === null ? [] : [EAST_WEST_PODS])],
      ),
      own(input, wayIn),
      istioEastWest(input),
    ]),
    weave: whole => {
      const members = membersOf(whole, wayIn, nativesOf(input));
      return {
        ...whole,
        namespaces: inNetwork(
          input,
          marked(whole.namespaces, members, () => ({ labels: { [LABEL]: TAG } })),
        ),
        edges: [
          ...whole.edges,
          ...ofSidecars(members),
          ...(wayIn !== null && hasSidecar(input) ? OF_GATEWAY : []),
          ...acrossClusters(input, whole.edges, members),
        ],
        config: [...whole.config, istioPolicies(whole.edges, members)],
      };
    },
  };
};

function own(input: ModuleInput, wayIn: WayIn | null): Contribution {
  const cni = istioCni(input, {});
  return {
    namespaces: [AGENTS_NAMESPACE],
    components: [{ ...cni, objects: { ...cni.objects, monitors: [SIDECARS] } }],
    runbooks: [page(input, wayIn)],
    checks: [
      ...membershipChecks(`${LABEL}: ${TAG}`),
      {
        decision: 'mesh',
        says: 'Every sidecar has the configuration of the control plane.',
        command: 'istioctl proxy-status',
        path: 'platform/istio/values.yaml',
      },
    ],
  };
}

/** Sidecars share the network of their pod, so ports stay what they are; they themselves need istiod, and are measured. */
function ofSidecars({ namespaces }: Members): readonly Edge[] {
  const pods = namespaces.map((namespace): PodPeer => ({ kind: 'pods', namespace }));
  return [
    {
      name: 'configuration-for-sidecars',
      owner: ISTIO,
      because: 'Sidecars get their configuration and their certificates from istiod.',
      pods: ISTIOD,
      direction: 'ingress',
      peers: pods satisfies readonly Peer[],
      ports: [{ port: CONFIGURATION_PORT }],
    },
    ...pods.flatMap(each => [
      toIstiod(ISTIO, 'sidecars-to-istiod', each),
      scraped(ISTIO, each, SIDECAR_METRICS, 'metrics-of-sidecars'),
    ]),
  ];
}

/** That of a proxy of Envoy Gateway does for what leaves it. */
const OF_GATEWAY: readonly Edge[] = [
  toIstiod(ISTIO, 'sidecars-to-istiod', ENVOY_PROXIES),
  scraped(ISTIO, ENVOY_PROXIES, SIDECAR_METRICS, 'metrics-of-sidecars'),
];
const SIDECARS_OF_GATEWAY =
  'Every proxy of the gateway has a sidecar for what leaves it, so identity begins there. A sidecar knows a Service by its name: routes put that into the Host, and workloads find the public name in X-Forwarded-Host.';

const SIDECARS: IPodMonitor = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: { name: 'sidecars', namespace: ISTIO_NAMESPACE },
  spec: {
    namespaceSelector: { any: true },
    selector: { matchExpressions: [{ key: 'security.istio.io/tlsMode', operator: 'Exists' }] },
    podMetricsEndpoints: [{ port: 'http-envoy-prom', path: '/stats/prometheus', interval: '30s' }],
  },
};

function page(input: ModuleInput, wayIn: WayIn | null) {
  return meshPage({
    title: 'The mesh: Istio with sidecars',
    mark: `${LABEL}: ${TAG}`,
    edge:
      wayIn === null || wayIn.proxies === null
        ? 'Requests from outside come without an identity; it begins behind the way in.'
        : hasSidecar(input)
          ? SIDECARS_OF_GATEWAY
          : 'The gateway is of Istio as well, so identity begins there.',
    seen: `- \`istioctl proxy-status\`: every pod of the mesh, in step with the control plane.
- \`istioctl proxy-config secret POD -n demo\`: its certificate, valid for a day.
- \`istioctl experimental describe pod POD -n demo\`: which policies hold for it.`,
    trouble: `**A pod has no sidecar.** It started before its namespace was marked, or while istiod was away: start it again.
\`kubectl -n demo get pods\` counts two containers, or one with an init container that stays.

**A pod waits in \`istio-validation\`.** It started on its node before \`istio-cni\` did; the agent starts it again by itself within a minute.

**A connection is refused.** \`RBAC: access denied\` is a policy of the mesh: the port needs one in \`platform-config/base/mesh\`. A reset comes from strict
mutual TLS: the caller has no sidecar.

**A Job does not end.** Sidecars of this version end with the containers of the Job; one that was started by an older control plane does not.`,
  });
}
