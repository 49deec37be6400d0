/** Gateway API with NGINX Gateway Fabric: a control plane of its own, and proxies beside the gateway. */
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { Foundation } from '../foundation.ts';
import { scraped, toApiServer } from '../network/common-edges.ts';
import type { Edge, PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import type { EdgeModule } from '../way-in.ts';
import { edgeAlerts, edgeRunbook, type ProxySigns } from './alerts.ts';
import { gatewayChecks } from './gateway/checks.ts';
import { publicGateway } from './gateway/public-gateway.ts';
import { GATEWAY, wayThroughGateway } from './gateway/way-in.ts';
import { gatewayApi } from './gateway-api.ts';
import { podMonitor } from './monitor.ts';
import {
  CONTROLLER_SIZE,
  externalTraffic,
  ofBalancerClass,
  onSystemPool,
  overZones,
  PROXY_REPLICAS,
  PROXY_SIZE,
} from './placement.ts';
import { proxyEdges } from './proxy-edges.ts';
import { gatewayName, openFirst } from './public-name.ts';

const NAME = 'nginx-gateway-fabric';
const NAMESPACE = 'nginx-gateway';
const CLASS = 'nginx';

const CONTROLLER = {
  kind: 'pods',
  namespace: NAMESPACE,
  labels: { 'app.kubernetes.io/name': NAME },
} as const satisfies PodPeer;
const PROXIES = {
  kind: 'pods',
  namespace: GATEWAY.namespace,
  labels: { 'gateway.networking.k8s.io/gateway-name': GATEWAY.name },
} as const satisfies PodPeer;
/** NGINX without a subscription counts requests, and not how they were answered. */
const SIGNS: ProxySigns = {
  namespace: GATEWAY.namespace,
  deployment: `${GATEWAY.name}-${CLASS}`,
  answers: null,
};

export const gatewayNginx: EdgeModule = input => ({
  wayIn: wayThroughGateway(NAME, PROXIES),
  contribution: {
    namespaces: [platformNamespace(NAMESPACE, 'edge'), platformNamespace(GATEWAY.namespace, 'edge')],
    components: [
      gatewayApi(input),
      {
        id: NAME,
        decision: 'edge',
        layer: 'platform-net',
        says: 'Turns Gateways and HTTPRoutes into NGINX. The chart brings its own kinds and the class; those of the Gateway API come from platform/gateway-api.',
        chart: {
          release: NAME,
          namespace: NAMESPACE,
          crds: 'create-replace',
          values: values(input.foundation),
        },
        objects: { monitors: [podMonitor(NAME, CONTROLLER, { port: 'metrics' })] },
      },
    ],
    edges: [...EDGES, ...proxyEdges(NAME, PROXIES, { public: [80, 443], metrics: 9113 })],
    config: [
      publicGateway({
        className: CLASS,
        beside: {
          proxies: [DISRUPTION, podMonitor('proxies', PROXIES, { port: 'metrics' })],
          alerts: [edgeAlerts(input, SIGNS)],
        },
      }),
    ],
    runbooks: [gatewayName(input, NAMESPACE), edgeRunbook(SIGNS, NAMESPACE)],
    nextSteps: [openFirst(input)],
    checks: gatewayChecks(CLASS),
  },
});

function values(foundation: Foundation) {
  const { loadBalancer } = foundation;
  const pool = onSystemPool(foundation);
  return {
    nginxGateway: {
      gatewayClassName: CLASS,
      replicas: 2,
      podDisruptionBudget: { enable: true, maxUnavailable: 1 },
      resources: CONTROLLER_SIZE,
      priorityClassName: 'platform-critical',
      ...pool,
      topologySpreadConstraints: overZones(CONTROLLER.labels),
      productTelemetry: { enable: false },
    },
    nginx: {
      autoscaling: {
        enable: true,
        ...PROXY_REPLICAS,
        targetCPUUtilizationPercentage: 70,
        targetMemoryUtilizationPercentage: 90,
      },
      patches: [
        {
          type: 'StrategicMerge',
          value: { spec: { template: { spec: { priorityClassName: 'platform-critical' } } } },
        },
      ],
      pod: {
        ...pool,
        topologySpreadConstraints: overZones(PROXIES.labels),
        terminationGracePeriodSeconds: 90,
      },
      container: {
        resources: PROXY_SIZE,
        // The load balancer learns of a pod's end a little late.
        lifecycle: { preStop: { sleep: { seconds: 15 } } },
      },
      service: {
        type: 'LoadBalancer',
        externalTrafficPolicy: externalTraffic(foundation),
        ...ofBalancerClass(foundation),
        patches: [{ type: 'StrategicMerge', value: { metadata: { annotations: loadBalancer.annotations } } }],
      },
    },
    certGenerator: pool,
  };
}

const DISRUPTION: IPodDisruptionBudget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'proxies', namespace: GATEWAY.namespace },
  spec: {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    selector: { matchLabels: { ...PROXIES.labels } },
  },
};

const EDGES: readonly Edge[] = [
  {
    name: 'configuration-for-proxies',
    owner: NAME,
    because: 'Agents of the proxies get their configuration from the controller.',
    pods: CONTROLLER,
    direction: 'ingress',
    peers: [PROXIES],
    ports: [{ port: 8443 }],
  },
  {
    name: 'configuration-from-controller',
    owner: NAME,
    because: 'Agents of the proxies get their configuration from the controller.',
    pods: PROXIES,
    direction: 'egress',
    peers: [CONTROLLER],
    ports: [{ port: 8443 }],
  },
  // Also the job that makes the certificates between controller and agents.
  toApiServer(NAME, { kind: 'pods', namespace: NAMESPACE }),
  scraped(NAME, CONTROLLER, 9113, 'metrics-of-controller'),
];
