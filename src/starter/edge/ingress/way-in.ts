/** What a workload needs of an Ingress controller: an Ingress of its class, and a certificate for its name. */
import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1';
import type { IIngress, IIngressClass } from 'kubernetes-models/networking.k8s.io/v1';
import type { Id } from '../../../content/catalogue.ts';
import { PUBLIC_ISSUER } from '../../dns-and-certificates/cert-manager.ts';
import type { PodPeer } from '../../network/edge.ts';
import type { AppRoute, RoutedApp, WayIn } from '../../way-in.ts';
import { ANY_DOMAIN, GATEWAY } from '../gateway/way-in.ts';

export interface IngressKind extends IngressRoutes {
  readonly component: Id;
  readonly proxies: PodPeer;
}

/** What routes are told. */
export interface IngressRoutes {
  readonly className: string;
  /** What the controller is told beside the route: its own annotations. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** The network decides whose workloads can be reached: proxies get out to namespaces with the label alone. */
export function wayThroughIngress(kind: IngressKind): WayIn {
  return {
    component: kind.component,
    routeKind: 'Ingress',
    namespaceLabels: { [GATEWAY.access.label]: GATEWAY.access.value },
    sources: [kind.proxies],
    proxies: kind.proxies,
    routeOf: app => ingressRoute(kind, app),
  };
}

export function ingressClass(name: string, controller: string): IIngressClass {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name },
    spec: { controller },
  };
}

export function ingressRoute(kind: IngressRoutes, app: RoutedApp): AppRoute {
  const { name, subdomain } = app;
  const ownCertificate = certificate(app);
  return {
    objects: [ingress(kind, app, ownCertificate.spec?.secretName ?? name), ownCertificate],
    patches: ({ domain }) => {
      const host = `${subdomain}.${domain}`;
      return [
        {
          target: { group: 'networking.k8s.io', version: 'v1', kind: 'Ingress', name },
          operations: [
            { op: 'replace', path: '/spec/rules/0/host', value: host },
            { op: 'replace', path: '/spec/tls/0/hosts', value: [host] },
          ],
        },
        {
          target: { group: 'cert-manager.io', version: 'v1', kind: 'Certificate', name },
          operations: [{ op: 'replace', path: '/spec/dnsNames', value: [host] }],
        },
      ];
    },
  };
}

function ingress(
  { className, annotations }: IngressRoutes,
  { name, namespace, labels, subdomain, service = name, servicePort }: RoutedApp,
  secretName: string,
): IIngress {
  const host = `${subdomain}.${ANY_DOMAIN}`;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      namespace,
      labels: { ...labels },
      ...(Object.keys(annotations).length === 0 ? {} : { annotations: { ...annotations } }),
    },
    spec: {
      ingressClassName: className,
      tls: [{ hosts: [host], secretName }],
      rules: [
        {
          host,
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: service, port: { number: servicePort } } },
              },
            ],
          },
        },
      ],
    },
  };
}

/** An Ingress takes its certificate from its own namespace. */
function certificate({ name, namespace, labels, subdomain }: RoutedApp): ICertificate {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      secretName: `${name}-tls`,
      dnsNames: [`${subdomain}.${ANY_DOMAIN}`],
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: PUBLIC_ISSUER },
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
    },
  };
}
