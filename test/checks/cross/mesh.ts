/** The mesh holds together: what is marked for it is served, needs no privilege, is strict, and denies by default. */

import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { parseOnce } from '../parse-once.ts';
import type { ManifestObject } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, fields, list } from './fields.ts';
import { isInstalled, isMarked, type MeshKind, meshOf, podOf } from './mesh-rules.ts';

const KINDS: readonly MeshKind[] = ['ambient', 'linkerd', 'sidecar'];
/** What makes restricted pods part of the mesh: without it each would need rights over its network. */
const PLUGIN: Readonly<Record<MeshKind, string>> = {
  ambient: 'istio-cni',
  sidecar: 'istio-cni',
  linkerd: 'linkerd2-cni',
};

export const mesh: CrossCheck = {
  code: 'mesh',
  says: 'What is marked for a mesh is served by it, stays restricted, is strict, and denies by default.',
  check: tree => clustersIn(tree).flatMap(view => findings(view, tree)),
};

function findings(view: ClusterView, tree: FileTree): readonly Finding[] {
  const report = (message: string): Finding => ({ code: 'mesh', place: view.name, message });
  const kind = meshOf(view);
  const namespaces = view.objects.filter(object => object.kind === 'Namespace');
  if (kind === null)
    return namespaces
      .filter(each => KINDS.some(one => isMarked(one, each)))
      .map(({ metadata }) => report(`${metadata.name} asks for a mesh that is not there`));
  const marked = namespaces.filter(each => isMarked(kind, each));
  const foreign = namespaces.filter(each => KINDS.some(one => one !== kind && isMarked(one, each)));
  return [
    ...foreign.map(({ metadata }) => report(`${metadata.name} asks for another mesh`)),
    ...(marked.length === 0 ? [report('nothing is in the mesh')] : []),
    ...marked.flatMap(each => membership(view, kind, each).map(report)),
    ...installation(view, kind, tree).map(report),
    ...(kind === 'sidecar' ? sidecarsAtEdge(view).map(report) : []),
  ];
}

function membership({ objects }: ClusterView, kind: MeshKind, namespace: ManifestObject): readonly string[] {
  const { name, labels = {} } = namespace.metadata;
  const restricted = labels['pod-security.kubernetes.io/enforce'] === 'restricted';
  return [
    ...(restricted ? [] : [`${name} is in the mesh and not restricted`]),
    ...(kind === 'linkerd' || objects.some(each => deniesAll(each, name))
      ? []
      : [`${name} allows everybody in the mesh`]),
    ...(kind === 'linkerd' && labels.mesh !== 'linkerd' ? [`the injector does not look at ${name}`] : []),
  ];
}

/** A sidecar beside a proxy of Envoy Gateway leads what names a Service, in address and Host, and leaves clients alone. */
function sidecarsAtEdge({ objects }: ClusterView): readonly string[] {
  return objects
    .filter(({ kind }) => kind === 'EnvoyProxy')
    .flatMap(({ metadata: { name }, spec }) => {
      const pod = podOf(spec);
      if (at(pod, 'labels', 'sidecar.istio.io/inject') !== 'true') return [`${name} has no sidecar`];
      const routes = objects.filter(({ kind }) => kind === 'HTTPRoute');
      return [
        ...(at(spec, 'routingType') === 'Service' ? [] : [`${name} reaches pods past their Services`]),
        ...(at(pod, 'annotations', 'traffic.sidecar.istio.io/includeInboundPorts') === ''
          ? []
          : [`the sidecar of ${name} hides who its clients are`]),
        ...(String(at(pod, 'annotations', 'traffic.sidecar.istio.io/excludeOutboundPorts')).includes('18000')
          ? []
          : [`${name} is cut off from its controller`]),
        ...routes
          .filter(({ spec: route }) =>
            list(at(route, 'rules')).some(
              rule => list(at(rule, 'backendRefs')).length > 0 && !namesService(rule),
            ),
          )
          .map(route => `requests of ${route.metadata.name} belong to no Service of the mesh`),
      ];
    });
}

function namesService(rule: unknown): boolean {
  const services = list(at(rule, 'backendRefs')).map(({ name }) => String(name));
  return list(at(rule, 'filters')).some(filter => {
    const [service = '', , svc] = String(at(filter, 'urlRewrite', 'hostname')).split('.');
    return services.includes(service) && svc === 'svc';
  });
}

function deniesAll({ kind, metadata, spec }: ManifestObject, namespace: string): boolean {
  return (
    kind === 'AuthorizationPolicy' &&
    metadata.namespace === namespace &&
    Object.keys(fields(spec)).length === 0
  );
}

function installation(view: ClusterView, kind: MeshKind, tree: FileTree): readonly string[] {
  const { objects } = view;
  const plugin = PLUGIN[kind];
  const installed = isInstalled(view, plugin);
  const values = parseOnce(
    tree.get(`platform/${kind === 'linkerd' ? 'linkerd' : 'istio'}/values.yaml`) ?? '{}',
  );
  const missing = installed ? [] : [`${plugin} is missing, without which restricted pods do not start`];
  if (kind === 'linkerd')
    return [
      ...missing,
      ...(at(values, 'cniEnabled') === true
        ? []
        : ['proxies ask for rights that restricted pods do not have']),
      ...(at(values, 'proxy', 'defaultInboundPolicy') === 'deny'
        ? []
        : ['proxies let everybody in by default']),
    ];
  const strict = objects.some(
    each =>
      each.kind === 'PeerAuthentication' &&
      each.metadata.namespace === 'istio-system' &&
      at(each.spec, 'selector') === undefined &&
      at(each.spec, 'mtls', 'mode') === 'STRICT',
  );
  return [
    ...missing,
    ...(strict ? [] : ['mutual TLS is not strict']),
    ...(kind === 'sidecar' ? sidecars(view, values) : []),
  ];
}

function sidecars({ objects }: ClusterView, values: unknown): readonly string[] {
  const tags = (at(values, 'revisionTags') ?? []) as readonly string[];
  const unserved = objects.filter(
    each =>
      each.kind === 'Namespace' &&
      each.metadata.labels?.['istio.io/rev'] !== undefined &&
      !tags.includes(each.metadata.labels['istio.io/rev']),
  );
  return [
    ...(at(values, 'cni', 'enabled') === true
      ? []
      : ['sidecars ask for rights that restricted pods do not have']),
    ...unserved.map(({ metadata }) => `${metadata.name} names a tag that no control plane has`),
  ];
}
