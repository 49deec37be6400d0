/** What each way into the cluster needs to be generated. */
import type { NotGenerated } from '../module.ts';
import type { EdgeModule } from '../way-in.ts';
import { gatewayCilium } from './gateway-cilium.ts';
import { gatewayEnvoy } from './gateway-envoy.ts';
import { gatewayIstio } from './gateway-istio.ts';
import { gatewayNginx } from './gateway-nginx.ts';
import { gatewayTraefik } from './gateway-traefik.ts';
import { ingressF5Nginx } from './ingress-f5-nginx.ts';
import { ingressHaproxy } from './ingress-haproxy.ts';
import { ingressOpenshift } from './ingress-openshift.ts';
import { ingressTraefik } from './ingress-traefik.ts';

export type EdgeOption =
  | 'gateway-cloud'
  | 'gateway-envoy'
  | 'gateway-cilium'
  | 'gateway-istio'
  | 'gateway-traefik'
  | 'gateway-nginx'
  | 'ingress-traefik'
  | 'ingress-haproxy'
  | 'ingress-f5-nginx'
  | 'ingress-openshift';

export const EDGES = {
  'gateway-envoy': gatewayEnvoy,
  'gateway-cloud': input =>
    input.foundation.gateway?.(input) ?? { notGenerated: 'The gateway of the cloud is not generated yet.' },
  'gateway-cilium': gatewayCilium,
  'gateway-istio': gatewayIstio,
  'gateway-traefik': gatewayTraefik,
  'gateway-nginx': gatewayNginx,
  'ingress-traefik': ingressTraefik,
  'ingress-haproxy': ingressHaproxy,
  'ingress-f5-nginx': ingressF5Nginx,
  'ingress-openshift': ingressOpenshift,
} satisfies Record<EdgeOption, EdgeModule | NotGenerated>;
