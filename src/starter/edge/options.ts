/** What each way into the cluster needs to be generated. */
import type { EdgeModule, NotGenerated } from '../module.ts';
import { gatewayCilium } from './gateway-cilium.ts';
import { gatewayEnvoy } from './gateway-envoy.ts';

export type EdgeOption =
  | 'gateway-cloud'
  | 'gateway-envoy'
  | 'gateway-cilium'
  | 'gateway-istio'
  | 'gateway-traefik'
  | 'gateway-nginx'
  | 'ingress-traefik'
  | 'ingress-haproxy'
  | 'ingress-f5-nginx';

export const EDGES = {
  'gateway-envoy': gatewayEnvoy,
  'gateway-cloud': { notGenerated: 'The gateway of the cloud is not generated yet.' },
  'gateway-cilium': gatewayCilium,
  'gateway-istio': { notGenerated: 'The gateway of Istio is not generated yet.' },
  'gateway-traefik': { notGenerated: 'The gateway of Traefik is not generated yet.' },
  'gateway-nginx': { notGenerated: 'NGINX Gateway Fabric is not generated yet.' },
  'ingress-traefik': { notGenerated: 'Ingress with Traefik is not generated yet.' },
  'ingress-haproxy': { notGenerated: 'Ingress with HAProxy is not generated yet.' },
  'ingress-f5-nginx': { notGenerated: 'Ingress with the controller of F5 NGINX is not generated yet.' },
} satisfies Record<EdgeOption, EdgeModule | NotGenerated>;
