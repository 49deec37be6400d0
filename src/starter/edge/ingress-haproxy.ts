/** Ingress with HAProxy: Ingress objects of its class, HTTPS alone. */
import type { Foundation } from '../foundation.ts';
import type { PodPeer } from '../network/edge.ts';
import type { EdgeModule } from '../way-in.ts';
import { ingressController } from './ingress/contribution.ts';
import {
  externalTraffic,
  ofBalancerClass,
  onSystemPool,
  overZones,
  PROXY_REPLICAS,
  PROXY_SIZE,
} from './placement.ts';

const NAME = 'haproxy';
/** The chart names its objects after itself and the release. */
const DEPLOYMENT = 'haproxy-kubernetes-ingress';
const PROXIES = {
  kind: 'pods',
  namespace: NAME,
  labels: { 'app.kubernetes.io/name': 'kubernetes-ingress' },
} as const satisfies PodPeer;

export const ingressHaproxy: EdgeModule = input =>
  ingressController(input, {
    component: NAME,
    proxies: PROXIES,
    className: NAME,
    annotations: { 'haproxy.org/timeout-server': '15s' },
    says: 'Serves Ingress objects of its class, which the chart brings along with its own kinds.',
    release: NAME,
    values: values(input.foundation),
    signs: {
      deployment: DEPLOYMENT,
      answers: {
        all: 'haproxy_frontend_http_responses_total{proxy="https"}',
        failed: 'haproxy_frontend_http_responses_total{proxy="https", code="5xx"}',
      },
    },
    service: DEPLOYMENT,
    ports: { public: [8080, 8443], metrics: 1024 },
    metricsPort: 'stat',
    crds: 'skip',
  });

function values(foundation: Foundation) {
  const { loadBalancer } = foundation;
  const pool = onSystemPool(foundation);
  return {
    controller: {
      ingressClassResource: { name: NAME },
      ingressClass: NAME,
      autoscaling: { enabled: true, ...PROXY_REPLICAS, targetCPUUtilizationPercentage: 70 },
      PodDisruptionBudget: { enable: true, maxUnavailable: 1 },
      resources: PROXY_SIZE,
      ...pool,
      priorityClassName: 'platform-critical',
      topologySpreadConstraints: overZones(PROXIES.labels),
      terminationGracePeriodSeconds: 90,
      // The load balancer learns of a pod's end a little late.
      lifecycle: { preStop: { sleep: { seconds: 15 } } },
      enableServiceLinks: false,
      pprof: { enabled: false },
      config: {
        'ssl-redirect': 'true',
        'ssl-redirect-code': '301',
        // Where the load balancer listens; the proxies themselves do at 8443.
        'ssl-redirect-port': '443',
        'forwarded-for': 'true',
        'timeout-http-request': '10s',
      },
      service: {
        type: 'LoadBalancer',
        annotations: loadBalancer.annotations,
        ...ofBalancerClass(foundation),
        externalTrafficPolicy: externalTraffic(foundation),
        enablePorts: { http: true, https: true, quic: false, stat: false, admin: false },
      },
    },
    crdjob: pool,
  };
}
