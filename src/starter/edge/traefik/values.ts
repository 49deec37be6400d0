/** Values of Traefik's chart that do not depend on the API that routes are written in. */
import type { Foundation } from '../../foundation.ts';
import type { PodPeer } from '../../network/edge.ts';
import {
  BY_PROCESSOR,
  externalTraffic,
  ofBalancerClass,
  onSystemPool,
  overZones,
  PROXY_REPLICAS,
  PROXY_SIZE,
} from '../placement.ts';

export const TRAEFIK = 'traefik';
export const TRAEFIK_PODS = {
  kind: 'pods',
  namespace: TRAEFIK,
  labels: { 'app.kubernetes.io/name': TRAEFIK },
} as const satisfies PodPeer;
/** Where the proxies listen; the load balancer opens 80 and 443. */
export const TRAEFIK_PORTS = { http: 8000, https: 8443, metrics: 9100 } as const;
export const TRAEFIK_ANSWERS = {
  all: 'traefik_entrypoint_requests_total{entrypoint="websecure"}',
  failed: 'traefik_entrypoint_requests_total{entrypoint="websecure", code=~"5.."}',
} as const;

export function traefikValues(foundation: Foundation) {
  const { loadBalancer } = foundation;
  return {
    deployment: {
      terminationGracePeriodSeconds: 90,
      // The load balancer learns of a pod's end a little late.
      lifecycle: { preStop: { sleep: { seconds: 15 } } },
    },
    // Nothing here asks outside whether there is a newer version: Renovate does.
    global: { checkNewVersion: false },
    api: { dashboard: false },
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    autoscaling: { enabled: true, ...PROXY_REPLICAS, metrics: BY_PROCESSOR },
    resources: PROXY_SIZE,
    ...onSystemPool(foundation),
    priorityClassName: 'platform-critical',
    topologySpreadConstraints: overZones(TRAEFIK_PODS.labels),
    service: {
      annotations: loadBalancer.annotations,
      spec: {
        type: 'LoadBalancer',
        ...ofBalancerClass(foundation),
        externalTrafficPolicy: externalTraffic(foundation),
      },
    },
    metrics: { prometheus: { addRoutersLabels: true } },
  };
}
