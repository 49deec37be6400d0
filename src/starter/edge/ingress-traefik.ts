/** Ingress with Traefik: Ingress objects of its class, HTTPS alone. */
import type { ModuleInput } from '../module.ts';
import type { EdgeModule } from '../way-in.ts';
import { ingressController } from './ingress/contribution.ts';
import { ingressClass } from './ingress/way-in.ts';
import { TRAEFIK, TRAEFIK_ANSWERS, TRAEFIK_PODS, TRAEFIK_PORTS, traefikValues } from './traefik/values.ts';

export const ingressTraefik: EdgeModule = input =>
  ingressController(input, {
    component: TRAEFIK,
    proxies: TRAEFIK_PODS,
    className: TRAEFIK,
    annotations: { 'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure' },
    says: 'Serves Ingress objects of its class. Its own kinds are switched off, so none of its CRDs is installed.',
    release: TRAEFIK,
    values: values(input),
    signs: { deployment: TRAEFIK, answers: TRAEFIK_ANSWERS },
    service: TRAEFIK,
    ports: { public: [TRAEFIK_PORTS.http, TRAEFIK_PORTS.https], metrics: TRAEFIK_PORTS.metrics },
    metricsPort: 'metrics',
    crds: 'skip',
    beside: { 'ingress-class': [ingressClass(TRAEFIK, 'traefik.io/ingress-controller')] },
  });

function values({ foundation }: ModuleInput) {
  return {
    ...traefikValues(foundation),
    providers: { kubernetesIngress: { enabled: true }, kubernetesCRD: { enabled: false } },
    // It lies beside the chart, so that routes can be held against it.
    ingressClass: { enabled: false },
    ports: {
      web: { http: { redirections: { entryPoint: { to: 'websecure', scheme: 'https', permanent: true } } } },
    },
    gateway: { enabled: false },
    gatewayClass: { enabled: false },
  };
}
