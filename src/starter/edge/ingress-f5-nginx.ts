/** Ingress with the controller of F5 NGINX (not the retired one of the Kubernetes project). */
import type { Foundation } from '../foundation.ts';
import type { PodPeer } from '../network/edge.ts';
import type { EdgeModule } from '../way-in.ts';
import { ingressController } from './ingress/contribution.ts';
import { ingressClass } from './ingress/way-in.ts';
import {
  externalTraffic,
  ofBalancerClass,
  onSystemPool,
  overZones,
  PROXY_REPLICAS,
  PROXY_SIZE,
} from './placement.ts';

const NAME = 'nginx-ingress';
const DEPLOYMENT = 'nginx-ingress-controller';
const CLASS = 'nginx';
const PROXIES = {
  kind: 'pods',
  namespace: NAME,
  labels: { 'app.kubernetes.io/name': NAME },
} as const satisfies PodPeer;

export const ingressF5Nginx: EdgeModule = input =>
  ingressController(input, {
    component: NAME,
    proxies: PROXIES,
    className: CLASS,
    annotations: { 'nginx.org/proxy-read-timeout': '15s' },
    says: 'Serves Ingress objects of its class. Its own kinds and snippets are switched off: nobody writes configuration of NGINX into a route.',
    release: NAME,
    values: values(input.foundation),
    signs: {
      deployment: DEPLOYMENT,
      answers: {
        all: 'nginx_ingress_controller_upstream_server_response_latency_ms_count',
        failed: 'nginx_ingress_controller_upstream_server_response_latency_ms_count{code=~"5.."}',
      },
    },
    service: DEPLOYMENT,
    ports: { public: [80, 443], metrics: 9113 },
    metricsPort: 'prometheus',
    crds: 'skip',
    beside: { 'ingress-class': [ingressClass(CLASS, 'nginx.org/ingress-controller')] },
  });

function values(foundation: Foundation) {
  const { loadBalancer } = foundation;
  return {
    controller: {
      enableCustomResources: false,
      enableSnippets: false,
      enableLatencyMetrics: true,
      readOnlyRootFilesystem: true,
      // It lies beside the chart, so that routes can be held against it.
      ingressClass: { name: CLASS, create: false },
      telemetryReporting: { enable: false },
      config: { entries: { 'server-tokens': 'False', hsts: 'True', 'ssl-redirect': 'True' } },
      autoscaling: { enabled: true, ...PROXY_REPLICAS, targetCPUUtilizationPercentage: 70 },
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      resources: PROXY_SIZE,
      ...onSystemPool(foundation),
      priorityClassName: 'platform-critical',
      topologySpreadConstraints: overZones(PROXIES.labels),
      terminationGracePeriodSeconds: 90,
      // The load balancer learns of a pod's end a little late.
      lifecycle: { preStop: { sleep: { seconds: 15 } } },
      service: {
        type: 'LoadBalancer',
        annotations: loadBalancer.annotations,
        ...ofBalancerClass(foundation),
        externalTrafficPolicy: externalTraffic(foundation),
      },
    },
    prometheus: { create: true, port: 9113 },
  };
}
