/** What a workload needs of a Gateway: an HTTPRoute that attaches to its HTTPS listener. */
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
import type { Id } from '../../../content/catalogue.ts';
import type { PodPeer } from '../../network/edge.ts';
import type { AppRoute, RoutedApp, WayIn } from '../../way-in.ts';

/** Stands in the base; every overlay puts its own domain there. */
export const ANY_DOMAIN = 'cluster.example.com';

export const GATEWAY = {
  name: 'public',
  namespace: 'gateway',
  listener: 'https',
  access: { label: 'gateway-access', value: 'public' },
} as const;

/** Proxies within the cluster that hand the requests of the public gateway over. */
export function wayThroughGateway(component: Id, proxies: PodPeer): WayIn {
  return {
    component,
    routeKind: 'HTTPRoute',
    namespaceLabels: { [GATEWAY.access.label]: GATEWAY.access.value },
    sources: [proxies],
    proxies,
    routeOf: httpRoute,
  };
}

export function httpRoute({
  name,
  namespace,
  labels,
  subdomain,
  service = name,
  servicePort,
}: RoutedApp): AppRoute {
  const route: IHTTPRoute = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      parentRefs: [{ name: GATEWAY.name, namespace: GATEWAY.namespace, sectionName: GATEWAY.listener }],
      hostnames: [`${subdomain}.${ANY_DOMAIN}`],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          timeouts: { request: '15s' },
          backendRefs: [{ name: service, port: servicePort }],
        },
      ],
    },
  };
  return {
    objects: [route],
    patches: ({ domain }) => [
      {
        target: { group: 'gateway.networking.k8s.io', version: 'v1', kind: 'HTTPRoute', name },
        operations: [{ op: 'replace', path: '/spec/hostnames', value: [`${subdomain}.${domain}`] }],
      },
    ],
  };
}

/** For load balancers that take the time limit of a request elsewhere. */
export function withoutTimeouts<T extends object>(route: T): T {
  const { spec } = route as { spec?: { rules?: readonly object[] } };
  const rules = spec?.rules?.map(rule =>
    Object.fromEntries(Object.entries(rule).filter(([key]) => key !== 'timeouts')),
  );
  return { ...route, spec: { ...spec, rules } };
}
