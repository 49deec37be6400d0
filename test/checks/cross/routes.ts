/** A route is let in by the listener that it names, its host is served there, and a certificate holds its name. */
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { type ManifestObject, nameOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, type Fields, list, selects } from './fields.ts';

export const routes: CrossCheck = {
  code: 'routes',
  says: 'Every route is let in, its host is served, and a certificate holds its name.',
  check: tree =>
    clustersIn(tree).flatMap(view =>
      view.objects.flatMap(object => {
        const problems =
          object.kind === 'HTTPRoute' || object.kind === 'GRPCRoute'
            ? routeProblems(view, object)
            : object.kind === 'Ingress'
              ? ingressProblems(view, object)
              : [];
        return problems.map(
          (message): Finding => ({ code: 'routes', place: `${view.name}: ${nameOf(object)}`, message }),
        );
      }),
    ),
};

function routeProblems(view: ClusterView, route: ManifestObject): readonly string[] {
  const parents = list(at(route.spec, 'parentRefs')).filter(({ kind }) => (kind ?? 'Gateway') === 'Gateway');
  return parents.flatMap(({ name, namespace, sectionName }) => {
    const gateway = view.objects.find(
      ({ kind, metadata }) =>
        kind === 'Gateway' &&
        metadata.name === name &&
        metadata.namespace === (namespace ?? route.metadata.namespace),
    );
    if (gateway === undefined) return [`attaches to the gateway ${String(name)}, which is nowhere`];
    const listener = list(at(gateway.spec, 'listeners')).find(each => each.name === sectionName);
    if (listener === undefined) return [`attaches to ${String(sectionName)}, which no listener is called`];
    return [
      ...(letsIn(view, listener, route, gateway) ? [] : ['is not let in by its listener']),
      ...hosts(route).flatMap(host => listenerProblems(view, listener, gateway, host)),
    ];
  });
}

function letsIn(
  view: ClusterView,
  listener: Fields,
  route: ManifestObject,
  gateway: ManifestObject,
): boolean {
  const from = at(listener, 'allowedRoutes', 'namespaces', 'from') ?? 'Same';
  if (from === 'Same') return route.metadata.namespace === gateway.metadata.namespace;
  if (from !== 'Selector') return false;
  const own = view.objects.find(
    ({ kind, metadata }) => kind === 'Namespace' && metadata.name === route.metadata.namespace,
  );
  return selects(at(listener, 'allowedRoutes', 'namespaces', 'selector'), own?.metadata.labels ?? {});
}

function listenerProblems(
  view: ClusterView,
  listener: Fields,
  gateway: ManifestObject,
  host: string,
): readonly string[] {
  const served = listener.hostname;
  if (typeof served === 'string' && !covers(served, host)) return [`${host} is not served by ${served}`];
  if (listener.protocol !== 'HTTPS') return [];
  if (isWithAws(listener)) return [];
  // Google has it, by a map that the infrastructure makes; what is in it is looked at there.
  if (gateway.metadata.annotations?.['networking.gke.io/certmap'] !== undefined) return [];
  const secrets = list(at(listener, 'tls', 'certificateRefs')).map(({ name }) => String(name));
  return certificateProblems(view, gateway.metadata.namespace, secrets, host);
}

/** AWS has it; what it holds is looked at where the infrastructure asks for it. */
function isWithAws(listener: Fields): boolean {
  return at(listener, 'tls', 'options', 'platform/certificate') === 'aws-certificate-manager';
}

function ingressProblems(view: ClusterView, { metadata, spec }: ManifestObject): readonly string[] {
  const encrypted = list(at(spec, 'tls'));
  return list(at(spec, 'rules')).flatMap(rule => {
    const host = String(rule.host);
    const own = encrypted.filter(({ hosts: names }) => Array.isArray(names) && names.includes(host));
    if (own.length === 0) return [`${host} is served without encryption`];
    const secrets = own.map(({ secretName }) => String(secretName));
    return certificateProblems(view, metadata.namespace, secrets, host);
  });
}

function certificateProblems(
  { objects }: ClusterView,
  namespace: string | undefined,
  secrets: readonly string[],
  host: string,
): readonly string[] {
  const names = objects
    .filter(({ kind, metadata }) => kind === 'Certificate' && metadata.namespace === namespace)
    .filter(({ spec }) => secrets.includes(String(at(spec, 'secretName'))))
    .flatMap(({ spec }) => at(spec, 'dnsNames') as readonly string[]);
  return names.some(name => covers(name, host)) ? [] : [`no certificate holds ${host}`];
}

function hosts({ spec }: ManifestObject): readonly string[] {
  const names = at(spec, 'hostnames');
  return Array.isArray(names) ? names : [];
}

/** A wildcard stands for one label. */
function covers(name: string, host: string): boolean {
  if (!name.startsWith('*.')) return name === host;
  return host.slice(host.indexOf('.') + 1) === name.slice(2);
}
