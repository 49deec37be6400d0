/** How a mesh reads its policies: who is in it, at which port members meet, and whom a proxy lets in. */
import type { ClusterView } from '../clusters.ts';
import { type ManifestObject, ofKind } from '../yaml-files.ts';
import { at, type Fields, type Labels, list, selects } from './fields.ts';

export type MeshKind = 'ambient' | 'sidecar' | 'linkerd';
/** Where proxies of members meet; null where that is the port of the workload itself. */
const MEETING_PORT: Readonly<Record<MeshKind, number | null>> = {
  ambient: 15008,
  sidecar: null,
  linkerd: 4143,
};

interface Pod {
  readonly namespace: string;
  readonly labels: Labels;
}

/** By whatever delivers it. */
export function isInstalled({ steps }: ClusterView, name: string): boolean {
  return steps.some(({ installs }) => installs.some(each => each.name === name));
}

export function meshOf(view: ClusterView): MeshKind | null {
  const has = (name: string) => isInstalled(view, name);
  if (has('linkerd')) return 'linkerd';
  if (has('ztunnel')) return 'ambient';
  return has('istio-cni') ? 'sidecar' : null;
}

/** Whether the namespace asks for the mesh. */
export function isMarked(kind: MeshKind, { metadata }: ManifestObject): boolean {
  const { labels = {}, annotations = {} } = metadata;
  switch (kind) {
    case 'linkerd':
      return annotations['linkerd.io/inject'] === 'enabled';
    case 'ambient':
      return labels['istio.io/dataplane-mode'] === 'ambient';
    case 'sidecar':
      return labels['istio.io/rev'] !== undefined || labels['istio-injection'] === 'enabled';
  }
}

function namespaceOf({ objects }: ClusterView, name: string): ManifestObject | undefined {
  return ofKind(objects, 'Namespace').find(({ metadata }) => metadata.name === name);
}

/** Gateways of Istio belong to the mesh without any mark. */
function isMember(view: ClusterView, kind: MeshKind, { namespace, labels }: Pod): boolean {
  const own = namespaceOf(view, namespace);
  if (own !== undefined && isMarked(kind, own)) return true;
  if (kind === 'sidecar' && hasSidecar(view, namespace, labels)) return true;
  const gateway = labels['gateway.networking.k8s.io/gateway-name'];
  return (
    kind !== 'linkerd' &&
    ofKind(view.objects, 'Gateway').some(
      ({ metadata, spec }) =>
        metadata.namespace === namespace &&
        metadata.name === gateway &&
        at(spec, 'gatewayClassName') === 'istio',
    )
  );
}

/** Proxies of Envoy Gateway ask for a sidecar themselves. */
function hasSidecar({ objects }: ClusterView, namespace: string, labels: Pod['labels']): boolean {
  return (
    labels['app.kubernetes.io/managed-by'] === 'envoy-gateway' &&
    ofKind(objects, 'EnvoyProxy').some(
      ({ metadata, spec }) =>
        metadata.namespace === namespace &&
        at(podOf(spec), 'labels', 'sidecar.istio.io/inject') === 'true' &&
        at(podOf(spec), 'labels', 'istio.io/rev') !== undefined,
    )
  );
}

export function podOf(spec: unknown): unknown {
  return at(spec, 'provider', 'kubernetes', 'envoyDeployment', 'pod');
}

/** The port that the network sees of a connection between these pods. */
export function portBetween(view: ClusterView, from: Pod | null, to: Pod, port: number): number {
  const kind = meshOf(view);
  if (kind === null || from === null) return port;
  return isMember(view, kind, from) && isMember(view, kind, to) ? (MEETING_PORT[kind] ?? port) : port;
}

/** Why the proxy of the pod refuses the connection; null where it lets it in, or has none. `from` is null outside the pods. */
export function refusal(view: ClusterView, from: Pod | null, to: Pod, port: number): string | null {
  const kind = meshOf(view);
  const own = namespaceOf(view, to.namespace);
  if (kind === null || own === undefined || !isMarked(kind, own)) return null;
  const caller = from !== null && isMember(view, kind, from) ? from.namespace : null;
  return kind === 'linkerd'
    ? linkerdRefusal(view, own, caller, to, port)
    : istioRefusal(view, caller, to, port);
}

function istioRefusal(view: ClusterView, caller: string | null, to: Pod, port: number): string | null {
  const own = (kind: string) =>
    ofKind(view.objects, kind).filter(
      object => object.metadata.namespace === to.namespace && selects(at(object.spec, 'selector'), to.labels),
    );
  if (caller === null) {
    const permissive = own('PeerAuthentication').some(
      ({ spec }) => at(spec, 'portLevelMtls', String(port), 'mode') === 'PERMISSIVE',
    );
    if (!permissive) return 'strict mutual TLS refuses who has no identity';
  }
  const policies = own('AuthorizationPolicy').filter(({ apiVersion }) =>
    apiVersion.startsWith('security.istio.io'),
  );
  const allowed = policies.some(({ spec }) =>
    list(at(spec, 'rules')).some(rule => istioRuleAllows(rule, caller, port)),
  );
  return policies.length === 0 || allowed ? null : 'no policy of the mesh allows it';
}

function istioRuleAllows(rule: Fields, caller: string | null, port: number): boolean {
  const ports = list(at(rule, 'to')).flatMap(to => (at(to, 'operation', 'ports') ?? []) as readonly string[]);
  const from = at(rule, 'from');
  const namespaces = list(from).flatMap(
    each => (at(each, 'source', 'namespaces') ?? []) as readonly string[],
  );
  return (
    ports.includes(String(port)) && (from === undefined || (caller !== null && namespaces.includes(caller)))
  );
}

function linkerdRefusal(
  view: ClusterView,
  namespace: ManifestObject,
  caller: string | null,
  to: Pod,
  port: number,
): string | null {
  const skipped = namespace.metadata.annotations?.['config.linkerd.io/skip-inbound-ports'] ?? '';
  if (skipped.split(',').includes(String(port))) return null;
  const own = (kind: string) =>
    ofKind(view.objects, kind).filter(
      object =>
        object.metadata.namespace === to.namespace && object.apiVersion.startsWith('policy.linkerd.io'),
    );
  const servers = own('Server')
    .filter(({ spec }) => at(spec, 'port') === port && selects(at(spec, 'podSelector'), to.labels))
    .map(({ metadata }) => metadata.name);
  if (servers.length === 0) return 'its proxy knows no such port and denies';
  const authentications = own('AuthorizationPolicy')
    .filter(({ spec }) => servers.includes(String(at(spec, 'targetRef', 'name'))))
    .flatMap(({ spec }) => list(at(spec, 'requiredAuthenticationRefs')).map(({ name }) => String(name)));
  const named = [...own('MeshTLSAuthentication'), ...own('NetworkAuthentication')].filter(({ metadata }) =>
    authentications.includes(metadata.name),
  );
  const allowed = named.some(
    ({ kind, spec }) =>
      kind === 'NetworkAuthentication' ||
      (caller !== null && list(at(spec, 'identityRefs')).some(({ name }) => name === caller)),
  );
  return allowed ? null : 'no policy of the mesh allows it';
}
