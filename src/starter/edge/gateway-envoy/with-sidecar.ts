/** Proxies of Envoy Gateway in a mesh of Istio's sidecars: a sidecar takes what leaves them, and nothing that comes in. */
import type { ModuleInput } from '../../module.ts';
import type { PodPeer } from '../../network/edge.ts';
import { pickOf } from '../../picks.ts';
import type { AppRoute, RoutedApp } from '../../way-in.ts';

export const ENVOY_NAMESPACE = 'envoy-gateway-system';
export const ENVOY_PROXIES = {
  kind: 'pods',
  namespace: ENVOY_NAMESPACE,
  labels: { 'app.kubernetes.io/component': 'proxy', 'app.kubernetes.io/managed-by': 'envoy-gateway' },
} as const satisfies PodPeer;
/** Where they get their configuration: by certificates of Envoy Gateway's own. */
export const ENVOY_CONFIGURATION = [18000, 18001, 18002] as const;

export function hasSidecar({ stack }: Pick<ModuleInput, 'stack'>): boolean {
  return pickOf(stack, 'edge') === 'gateway-envoy' && pickOf(stack, 'mesh') === 'istio-sidecar';
}

/** The namespace is not marked: its controller speaks to proxies past the mesh. `revision` is what namespaces of the mesh name. */
export function sidecarPod(revision: string) {
  return {
    labels: { 'sidecar.istio.io/inject': 'true', 'istio.io/rev': revision },
    annotations: {
      // Clients come straight to the proxy, which sees their address.
      'traffic.sidecar.istio.io/includeInboundPorts': '',
      'traffic.sidecar.istio.io/excludeOutboundPorts': ENVOY_CONFIGURATION.join(','),
    },
  } as const;
}

/** A sidecar knows where a request belongs by the name of a Service, in its Host. */
export function namingItsService(route: AppRoute, { name, namespace, service = name }: RoutedApp): AppRoute {
  const filter = {
    type: 'URLRewrite',
    urlRewrite: { hostname: `${service}.${namespace}.svc.cluster.local` },
  };
  return {
    ...route,
    objects: route.objects.map(object => {
      const { spec } = object as { spec?: { rules?: readonly object[] } };
      const rules = spec?.rules?.map(rule => ({ ...rule, filters: [filter] }));
      return rules === undefined ? object : { ...object, spec: { ...spec, rules } };
    }),
  };
}
