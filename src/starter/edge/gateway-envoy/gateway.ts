/** What of the public gateway is Envoy's own: its class, its proxies, and what it bears from clients. */
import type {
  IClientTrafficPolicy,
  IEnvoyProxy,
} from '@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1';
import type { ConfigFolder } from '../../contribution.ts';
import { MESH_TAG } from '../../mesh/istio/tag.ts';
import type { ModuleInput } from '../../module.ts';
import { gatewayClass, publicGateway } from '../gateway/public-gateway.ts';
import { GATEWAY } from '../gateway/way-in.ts';
import { externalTraffic } from '../placement.ts';
import { hasSidecar, sidecarPod } from './with-sidecar.ts';

const CLASS = 'envoy';
const PROXY = 'public-proxies';

export function envoyGatewayConfig(input: ModuleInput): ConfigFolder {
  return publicGateway({
    className: CLASS,
    beside: {
      'gateway-class': [
        gatewayClass(CLASS, 'gateway.envoyproxy.io/gatewayclass-controller', {
          group: 'gateway.envoyproxy.io',
          kind: 'EnvoyProxy',
          name: PROXY,
          namespace: 'envoy-gateway-system',
        }),
        proxies(input),
      ],
      clients: [CLIENTS],
    },
  });
}

function proxies(input: ModuleInput): IEnvoyProxy {
  const { systemPool, loadBalancer } = input.foundation;
  const inMesh = hasSidecar(input);
  return {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'EnvoyProxy',
    metadata: { name: PROXY, namespace: 'envoy-gateway-system' },
    spec: {
      // A sidecar leads what goes to a Service; pods would be reached past it.
      ...(inMesh ? { routingType: 'Service' as const } : {}),
      provider: {
        type: 'Kubernetes',
        kubernetes: {
          envoyDeployment: {
            strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
            container: {
              resources: {
                requests: { cpu: '200m', memory: '256Mi' },
                limits: { memory: '512Mi' },
              },
            },
            pod: {
              ...(inMesh ? sidecarPod(MESH_TAG) : {}),
              nodeSelector: { ...systemPool.nodeSelector },
              tolerations: systemPool.tolerations.map(toleration => ({ ...toleration })),
              topologySpreadConstraints: [
                {
                  maxSkew: 1,
                  topologyKey: 'topology.kubernetes.io/zone',
                  whenUnsatisfiable: 'ScheduleAnyway',
                  labelSelector: { matchLabels: { 'app.kubernetes.io/component': 'proxy' } },
                },
              ],
            },
          },
          envoyHpa: {
            minReplicas: 3,
            maxReplicas: 9,
            metrics: [
              {
                type: 'Resource',
                resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
              },
            ],
          },
          envoyPDB: { maxUnavailable: 1 },
          envoyService: {
            type: 'LoadBalancer',
            ...(loadBalancer.class === null ? {} : { loadBalancerClass: loadBalancer.class }),
            annotations: { ...loadBalancer.annotations },
            externalTrafficPolicy: externalTraffic({ loadBalancer }),
          },
        },
      },
      shutdown: { drainTimeout: '60s', minDrainDuration: '15s' },
      telemetry: { metrics: { prometheus: {} } },
    },
  };
}

const CLIENTS: IClientTrafficPolicy = {
  apiVersion: 'gateway.envoyproxy.io/v1alpha1',
  kind: 'ClientTrafficPolicy',
  metadata: { name: GATEWAY.name, namespace: GATEWAY.namespace },
  spec: {
    targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: GATEWAY.name }],
    tls: { minVersion: '1.2', alpnProtocols: ['h2', 'http/1.1'] },
    timeout: { http: { requestReceivedTimeout: '30s', idleTimeout: '5m' } },
    connection: { connectionLimit: { value: 20_000 } },
    headers: { withUnderscoresAction: 'RejectRequest' },
    path: { escapedSlashesAction: 'UnescapeAndRedirect' },
    http2: { maxConcurrentStreams: 100 },
  },
};
