/** Gateway API with Traefik: the same proxies for every route, and neither Ingress nor resources of Traefik's own. */
import type { ModuleInput } from '../module.ts';
import { toApiServer } from '../network/common-edges.ts';
import { platformNamespace } from '../network/namespace.ts';
import type { EdgeModule } from '../way-in.ts';
import { edgeAlerts, edgeRunbook, type ProxySigns } from './alerts.ts';
import { gatewayChecks } from './gateway/checks.ts';
import { gatewayClass, publicGateway } from './gateway/public-gateway.ts';
import { GATEWAY, wayThroughGateway } from './gateway/way-in.ts';
import { gatewayApi } from './gateway-api.ts';
import { podMonitor } from './monitor.ts';
import { proxyEdges } from './proxy-edges.ts';
import { gatewayName, openFirst } from './public-name.ts';
import { TRAEFIK, TRAEFIK_ANSWERS, TRAEFIK_PODS, TRAEFIK_PORTS, traefikValues } from './traefik/values.ts';

const SIGNS: ProxySigns = { namespace: TRAEFIK, deployment: TRAEFIK, answers: TRAEFIK_ANSWERS };

export const gatewayTraefik: EdgeModule = input => ({
  wayIn: wayThroughGateway(TRAEFIK, TRAEFIK_PODS),
  contribution: {
    namespaces: [platformNamespace(TRAEFIK, 'edge'), platformNamespace(GATEWAY.namespace, 'edge')],
    components: [
      gatewayApi(input),
      {
        id: TRAEFIK,
        decision: 'edge',
        layer: 'platform-net',
        says: 'Serves Gateways and HTTPRoutes. Its own kinds and Ingress are switched off, so none of its CRDs is installed.',
        chart: { release: TRAEFIK, namespace: TRAEFIK, crds: 'skip', values: values(input) },
        objects: {
          monitors: [podMonitor(TRAEFIK, TRAEFIK_PODS, { port: 'metrics' })],
          alerts: [edgeAlerts(input, SIGNS)],
        },
      },
    ],
    edges: [
      toApiServer(TRAEFIK, TRAEFIK_PODS),
      ...proxyEdges(TRAEFIK, TRAEFIK_PODS, {
        public: [TRAEFIK_PORTS.http, TRAEFIK_PORTS.https],
        metrics: TRAEFIK_PORTS.metrics,
      }),
    ],
    config: [
      publicGateway({
        className: TRAEFIK,
        // Traefik ties a listener to the entry point of the same port, and its entry points are not those of the load balancer.
        ports: TRAEFIK_PORTS,
        beside: { 'gateway-class': [gatewayClass(TRAEFIK, 'traefik.io/gateway-controller')] },
      }),
    ],
    runbooks: [gatewayName(input, TRAEFIK), edgeRunbook(SIGNS, TRAEFIK)],
    nextSteps: [openFirst(input)],
    checks: gatewayChecks(TRAEFIK),
  },
});

function values({ foundation }: ModuleInput) {
  return {
    ...traefikValues(foundation),
    providers: {
      kubernetesGateway: { enabled: true },
      kubernetesIngress: { enabled: false },
      kubernetesCRD: { enabled: false },
    },
    ingressClass: { enabled: false },
    // Class and gateway lie in platform-config/base/gateway.
    gateway: { enabled: false },
    gatewayClass: { enabled: false },
  };
}
