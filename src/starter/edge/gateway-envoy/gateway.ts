/** The public gateway: its class and proxies, HTTPS for every name of the domain, HTTP only to be sent there. */

import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1';
import type {
  IClientTrafficPolicy,
  IEnvoyProxy,
} from '@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1';
import type {
  IGateway,
  IGatewayClass,
  IHTTPRoute,
} from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
import { PUBLIC_ISSUER } from '../../dns-and-certificates/cert-manager.ts';
import type { ConfigFolder, Foundation, GatewayFacts, ModuleInput } from '../../module.ts';

const CLASS = 'envoy';
const PROXY = 'public-proxies';
const CERTIFICATE = 'public-wildcard';
/** Stands in the base; every overlay puts its own domain there. */
const ANY_DOMAIN = 'cluster.example.com';

export function gatewayConfig({ foundation }: ModuleInput, gateway: GatewayFacts): ConfigFolder {
  return {
    id: 'gateway',
    decision: 'edge',
    says: 'One public gateway. Namespaces attach routes only with its label.',
    objects: {
      'gateway-class': [GATEWAY_CLASS, proxies(foundation)],
      gateway: [publicGateway(gateway), certificate(gateway)],
      redirect: [redirect(gateway)],
      clients: [clients(gateway)],
    },
    patches: ({ domain }) => [
      {
        target: { group: 'gateway.networking.k8s.io', version: 'v1', kind: 'Gateway', name: gateway.name },
        operations: [{ op: 'replace', path: '/spec/listeners/1/hostname', value: `*.${domain}` }],
      },
      {
        target: { group: 'cert-manager.io', version: 'v1', kind: 'Certificate', name: CERTIFICATE },
        operations: [{ op: 'replace', path: '/spec/dnsNames', value: [`*.${domain}`] }],
      },
    ],
  };
}

const GATEWAY_CLASS: IGatewayClass = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'GatewayClass',
  metadata: { name: CLASS },
  spec: {
    controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
    parametersRef: {
      group: 'gateway.envoyproxy.io',
      kind: 'EnvoyProxy',
      name: PROXY,
      namespace: 'envoy-gateway-system',
    },
  },
};

function proxies({ systemPool, loadBalancer }: Foundation): IEnvoyProxy {
  return {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'EnvoyProxy',
    metadata: { name: PROXY, namespace: 'envoy-gateway-system' },
    spec: {
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
            loadBalancerClass: loadBalancer.class,
            annotations: { ...loadBalancer.annotations },
            externalTrafficPolicy: 'Local',
          },
        },
      },
      shutdown: { drainTimeout: '60s', minDrainDuration: '15s' },
      telemetry: { metrics: { prometheus: {} } },
    },
  };
}

function publicGateway({ name, namespace, listener, access }: GatewayFacts): IGateway {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name, namespace },
    spec: {
      gatewayClassName: CLASS,
      listeners: [
        { name: 'http', protocol: 'HTTP', port: 80, allowedRoutes: { namespaces: { from: 'Same' } } },
        {
          name: listener,
          protocol: 'HTTPS',
          port: 443,
          hostname: `*.${ANY_DOMAIN}`,
          tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: CERTIFICATE }] },
          allowedRoutes: {
            namespaces: { from: 'Selector', selector: { matchLabels: { [access.label]: access.value } } },
          },
        },
      ],
    },
  };
}

function certificate({ namespace }: GatewayFacts): ICertificate {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: CERTIFICATE, namespace },
    spec: {
      secretName: CERTIFICATE,
      dnsNames: [`*.${ANY_DOMAIN}`],
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: PUBLIC_ISSUER },
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
    },
  };
}

function redirect({ name, namespace }: GatewayFacts): IHTTPRoute {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'to-https', namespace },
    spec: {
      parentRefs: [{ name, namespace, sectionName: 'http' }],
      rules: [
        { filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] },
      ],
    },
  };
}

function clients({ name, namespace }: GatewayFacts): IClientTrafficPolicy {
  return {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'ClientTrafficPolicy',
    metadata: { name, namespace },
    spec: {
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name }],
      tls: { minVersion: '1.2', alpnProtocols: ['h2', 'http/1.1'] },
      timeout: { http: { requestReceivedTimeout: '30s', idleTimeout: '5m' } },
      connection: { connectionLimit: { value: 20_000 } },
      headers: { withUnderscoresAction: 'RejectRequest' },
      path: { escapedSlashesAction: 'UnescapeAndRedirect' },
      http2: { maxConcurrentStreams: 100 },
    },
  };
}
