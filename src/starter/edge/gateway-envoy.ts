/** Gateway API with Envoy Gateway: CRDs with exactly one owner, the controller, one public gateway. */
import type { Contribution } from '../contribution.ts';
import { gitInside } from '../egress/no-egress/closed.ts';
import type { ModuleInput } from '../module.ts';
import { scraped, toApiServer } from '../network/common-edges.ts';
import type { Edge, PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { release } from '../release.ts';
import type { EdgeModule, WayIn } from '../way-in.ts';
import { edgeAlerts, edgeRunbook, type ProxySigns } from './alerts.ts';
import { gatewayChecks } from './gateway/checks.ts';
import { GATEWAY, wayThroughGateway } from './gateway/way-in.ts';
import { gatewayApi } from './gateway-api.ts';
import { envoyGatewayConfig } from './gateway-envoy/gateway.ts';
import {
  ENVOY_CONFIGURATION,
  ENVOY_NAMESPACE,
  ENVOY_PROXIES,
  hasSidecar,
  namingItsService,
} from './gateway-envoy/with-sidecar.ts';
import { podMonitor } from './monitor.ts';
import { proxyEdges } from './proxy-edges.ts';
import { gatewayName, openFirst } from './public-name.ts';

const REPOSITORY = 'https://github.com/envoyproxy/gateway';
const NAME = 'envoy-gateway';
const NAMESPACE = ENVOY_NAMESPACE;

const CONTROLLER: PodPeer = {
  kind: 'pods',
  namespace: NAMESPACE,
  labels: { 'control-plane': 'envoy-gateway' },
};
const PROXIES: PodPeer = ENVOY_PROXIES;
const CONFIGURATION = ENVOY_CONFIGURATION.map(port => ({ port }));

/** Counters of the listener that the internet reaches; those of Envoy's own listeners are left out. */
const ANSWERS = 'envoy_http_downstream_rq_xx{envoy_http_conn_manager_prefix=~"https?-.*"';
const SIGNS: ProxySigns = {
  namespace: NAMESPACE,
  deployment: `envoy-${GATEWAY.namespace}-${GATEWAY.name}-.*`,
  answers: { all: `${ANSWERS}}`, failed: `${ANSWERS}, envoy_response_code_class="5"}` },
};

export const gatewayEnvoy: EdgeModule = input => ({
  wayIn: wayIn(input),
  contribution: contribution(input),
});

function wayIn(input: ModuleInput): WayIn {
  const way = wayThroughGateway(NAME, PROXIES);
  return hasSidecar(input) ? { ...way, routeOf: app => namingItsService(way.routeOf(app), app) } : way;
}

function contribution(input: ModuleInput): Contribution {
  const gatewayCrds = gatewayApi(input);
  const { version } = release(input, NAME);
  return {
    namespaces: [platformNamespace(NAMESPACE, 'edge'), platformNamespace(GATEWAY.namespace, 'edge')],
    components: [
      gatewayCrds,
      {
        id: 'envoy-gateway-crds',
        decision: 'edge',
        layer: 'crds',
        says: 'The CRDs of Envoy Gateway from its repository: as a chart they outgrow the Secret that Helm keeps a release in (envoyproxy/gateway#6105), and the copy within gateway-helm brings experimental CRDs of the Gateway API along.',
        manifests: {
          repository: gitInside(input, REPOSITORY),
          tag: `v${version}`,
          path: 'charts/gateway-helm/charts/crds/crds/generated',
        },
      },
      {
        id: NAME,
        decision: 'edge',
        layer: 'platform-net',
        says: 'Turns Gateways and HTTPRoutes into Envoy proxies. Its CRDs come from platform/gateway-api and platform/envoy-gateway-crds.',
        chart: { release: NAME, namespace: NAMESPACE, crds: 'skip', values: values(input) },
        objects: {
          monitors: [
            podMonitor('envoy-gateway', CONTROLLER, { port: 'metrics' }),
            podMonitor('envoy-proxies', PROXIES, { port: 'metrics', path: '/stats/prometheus' }),
          ],
          alerts: [edgeAlerts(input, SIGNS)],
        },
      },
    ],
    edges: EDGES,
    config: [envoyGatewayConfig(input)],
    runbooks: [gatewayName(input, NAMESPACE), edgeRunbook(SIGNS, NAMESPACE)],
    nextSteps: [openFirst(input)],
    checks: gatewayChecks('envoy'),
  };
}

function values({ foundation: { systemPool } }: ModuleInput) {
  return {
    crds: { enabled: false },
    podDisruptionBudget: { minAvailable: 1 },
    deployment: {
      replicas: 2,
      priorityClassName: 'platform-critical',
      envoyGateway: {
        resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } },
      },
      pod: {
        ...systemPool,
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'topology.kubernetes.io/zone',
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: CONTROLLER.labels },
          },
        ],
      },
    },
    certgen: { job: systemPool },
    // Nothing here routes by zone, so no webhook has to change the proxies on their way to a node.
    topologyInjector: { enabled: false },
    config: {
      envoyGateway: {
        gateway: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
        provider: { type: 'Kubernetes' },
        logging: { level: { default: 'info' } },
      },
    },
  };
}

const EDGES: readonly Edge[] = [
  ...proxyEdges(NAME, PROXIES, { public: [10080, 10443], metrics: 19001 }),
  {
    name: 'configuration-for-proxies',
    owner: NAME,
    because: 'Proxies get their configuration from the controller.',
    pods: CONTROLLER,
    direction: 'ingress',
    peers: [PROXIES],
    ports: CONFIGURATION,
  },
  {
    name: 'configuration-from-controller',
    owner: NAME,
    because: 'Proxies get their configuration from the controller.',
    pods: PROXIES,
    direction: 'egress',
    peers: [CONTROLLER],
    ports: CONFIGURATION,
  },
  // Also the job that makes the certificates between controller and proxies.
  toApiServer(NAME, { kind: 'pods', namespace: NAMESPACE }),
  scraped(NAME, CONTROLLER, 19001, 'metrics-of-controller'),
];
