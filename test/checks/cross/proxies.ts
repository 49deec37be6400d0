/** The pods that requests come through, for each release that makes some. */
import type { ClusterView } from '../clusters.ts';
import { ofKind } from '../yaml-files.ts';
import type { Labels } from './fields.ts';
import { at } from './fields.ts';

export interface PodEnd {
  readonly namespace: string;
  readonly labels: Labels;
}
export interface Proxies {
  readonly pods: PodEnd;
  /** Where the load balancer hands connections over. */
  readonly ports: readonly number[];
  readonly metrics: number;
  /** What configures them, where it is another pod. */
  readonly controller: {
    readonly pods: PodEnd;
    readonly port: number;
    readonly metrics: number | null;
  } | null;
}

const named = (namespace: string, name: string, key = 'app.kubernetes.io/name'): PodEnd => ({
  namespace,
  labels: { [key]: name },
});
const OF_THE_GATEWAY = named('gateway', 'public', 'gateway.networking.k8s.io/gateway-name');

const PROXIES: Readonly<Record<string, Proxies>> = {
  'envoy-gateway': {
    pods: {
      namespace: 'envoy-gateway-system',
      labels: { 'app.kubernetes.io/component': 'proxy', 'app.kubernetes.io/managed-by': 'envoy-gateway' },
    },
    ports: [10080, 10443],
    metrics: 19001,
    controller: {
      pods: named('envoy-gateway-system', 'envoy-gateway', 'control-plane'),
      port: 18000,
      metrics: 19001,
    },
  },
  'nginx-gateway-fabric': {
    pods: OF_THE_GATEWAY,
    ports: [80, 443],
    metrics: 9113,
    controller: { pods: named('nginx-gateway', 'nginx-gateway-fabric'), port: 8443, metrics: 9113 },
  },
  istio: {
    pods: OF_THE_GATEWAY,
    ports: [80, 443],
    metrics: 15020,
    controller: { pods: named('istio-system', 'istiod', 'app'), port: 15012, metrics: 15014 },
  },
  traefik: { pods: named('traefik', 'traefik'), ports: [8000, 8443], metrics: 9100, controller: null },
  haproxy: {
    pods: named('haproxy', 'kubernetes-ingress'),
    ports: [8080, 8443],
    metrics: 1024,
    controller: null,
  },
  'nginx-ingress': {
    pods: named('nginx-ingress', 'nginx-ingress'),
    ports: [80, 443],
    metrics: 9113,
    controller: null,
  },
};

/** Application routing of AKS: its control plane is Azure's. */
const OF_AZURE: Proxies = {
  pods: OF_THE_GATEWAY,
  ports: [80, 443],
  metrics: 15020,
  controller: { pods: named('aks-istio-system', 'istiod', 'app'), port: 15012, metrics: null },
};

/** Null where no proxies of this repository stand at the edge. */
export function proxiesOf({ objects }: ClusterView): Proxies | null {
  if (hasGateway(objects, 'approuting-istio')) return OF_AZURE;
  const releases = ['HelmRelease', 'Application', 'Chart'].flatMap(kind => ofKind(objects, kind));
  const release = releases.find(
    ({ metadata: { name } }) => name in PROXIES && (name !== 'istio' || hasGateway(objects, 'istio')),
  );
  return release === undefined ? null : (PROXIES[release.metadata.name] ?? null);
}

function hasGateway(objects: ClusterView['objects'], className: string): boolean {
  return ofKind(objects, 'Gateway').some(({ spec }) => at(spec, 'gatewayClassName') === className);
}
