/** How istiod makes the proxies of gateways: where they run, how many, and behind which load balancer. */
import type { HelmValues } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { GATEWAY } from '../gateway/way-in.ts';
import {
  BY_PROCESSOR,
  externalTraffic,
  ofBalancerClass,
  onSystemPool,
  overZones,
  PROXY_REPLICAS,
} from '../placement.ts';

export function istioGatewayValues({ foundation }: ModuleInput): HelmValues {
  const { loadBalancer } = foundation;
  return {
    gatewayClasses: {
      istio: {
        deployment: {
          spec: {
            template: {
              spec: {
                ...onSystemPool(foundation),
                priorityClassName: 'platform-critical',
                terminationGracePeriodSeconds: 90,
                topologySpreadConstraints: overZones({
                  'gateway.networking.k8s.io/gateway-name': GATEWAY.name,
                }),
              },
            },
          },
        },
        horizontalPodAutoscaler: { spec: { ...PROXY_REPLICAS, metrics: BY_PROCESSOR } },
        podDisruptionBudget: { spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' } },
        service: {
          metadata: { annotations: loadBalancer.annotations },
          spec: { ...ofBalancerClass(foundation), externalTrafficPolicy: externalTraffic(foundation) },
        },
      },
    },
  };
}
