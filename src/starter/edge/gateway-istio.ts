/** Gateway API with Istio: istiod makes the proxies of a Gateway beside it. */
import { collect } from '../collect.ts';
import type { Contribution } from '../contribution.ts';
import { isIstioMesh, istioControlPlane, toIstiod } from '../mesh/istio/control-plane.ts';
import type { ModuleInput } from '../module.ts';
import type { PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import type { EdgeModule } from '../way-in.ts';
import { edgeAlerts, edgeRunbook, type ProxySigns } from './alerts.ts';
import { gatewayChecks } from './gateway/checks.ts';
import { gatewayClass, publicGateway } from './gateway/public-gateway.ts';
import { GATEWAY, wayThroughGateway } from './gateway/way-in.ts';
import { gatewayApi } from './gateway-api.ts';
import { istioGatewayValues } from './gateway-istio/values.ts';
import { podMonitor } from './monitor.ts';
import { proxyEdges } from './proxy-edges.ts';
import { gatewayName, openFirst } from './public-name.ts';

const CLASS = 'istio';
/** Its policies lie with istiod, which makes it. */
const OWNER = 'istio';
export const ISTIO_PROXIES = {
  kind: 'pods',
  namespace: GATEWAY.namespace,
  labels: { 'gateway.networking.k8s.io/gateway-name': GATEWAY.name },
} as const satisfies PodPeer;

const SIGNS: ProxySigns = {
  namespace: GATEWAY.namespace,
  deployment: `${GATEWAY.name}-${CLASS}`,
  answers: {
    all: `istio_requests_total{reporter="source", source_workload="${GATEWAY.name}-${CLASS}"}`,
    failed: `istio_requests_total{reporter="source", source_workload="${GATEWAY.name}-${CLASS}", response_code=~"5.."}`,
  },
};

export const gatewayIstio: EdgeModule = input => ({
  wayIn: wayThroughGateway(OWNER, ISTIO_PROXIES),
  contribution: collect([controlPlane(input), gateway(input)]),
});

function gateway(input: ModuleInput): Contribution {
  return {
    namespaces: [platformNamespace(GATEWAY.namespace, 'edge')],
    components: [gatewayApi(input)],
    edges: [
      toIstiod(OWNER, 'configuration-of-gateway', ISTIO_PROXIES),
      ...proxyEdges(OWNER, ISTIO_PROXIES, { public: [80, 443], metrics: 15020 }),
    ],
    config: [
      publicGateway({
        className: CLASS,
        beside: {
          'gateway-class': [gatewayClass(CLASS, 'istio.io/gateway-controller')],
          proxies: [podMonitor('proxies', ISTIO_PROXIES, { port: 'metrics', path: '/stats/prometheus' })],
          alerts: [edgeAlerts(input, SIGNS)],
        },
      }),
    ],
    runbooks: [gatewayName(input, 'istio-system'), edgeRunbook(SIGNS, 'istio-system')],
    nextSteps: [openFirst(input)],
    checks: gatewayChecks(CLASS),
  };
}

/** A mesh of Istio brings the control plane itself, gateways included. */
function controlPlane(input: ModuleInput): Contribution {
  return isIstioMesh(input)
    ? {}
    : istioControlPlane(input, 'edge', istioGatewayValues(input), [ISTIO_PROXIES]);
}
