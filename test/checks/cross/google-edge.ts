/** What the gateway of Google takes from the infrastructure is made there, under the name by which it asks for it. */
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { type ManifestObject, nameOf, ofKind } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

const EDGE = 'infra/gke/edge.tf';

export const googleEdge: CrossCheck = {
  code: 'references',
  says: 'Addresses, certificates, TLS and firewalls that a gateway of Google names are made by the infrastructure.',
  check: tree =>
    clustersIn(tree).flatMap(view => {
      const values = valuesOf(tree, view.name);
      return KINDS.flatMap(kind => ofKind(view.objects, kind)).flatMap(object => [
        ...asked(object).flatMap(({ type, name }): readonly Finding[] =>
          made(tree, values.cluster_name ?? '').includes(`${type} ${name}`)
            ? []
            : [finding(view, object, `asks for the ${type} ${name}, which is made nowhere`)],
        ),
        ...hostsWithoutCertificate(view, object, values.domain ?? '').map(host =>
          finding(view, object, `no certificate of Google holds ${host}`),
        ),
      ]);
    }),
};

const KINDS = ['GCPGatewayPolicy', 'GCPBackendPolicy', 'Gateway', 'HTTPRoute'];

interface Asked {
  readonly type: string;
  readonly name: string;
}

function asked({ kind, metadata, spec }: ManifestObject): readonly Asked[] {
  const certificates = metadata.annotations?.['networking.gke.io/certmap'];
  const named = (type: string, name: unknown): readonly Asked[] =>
    typeof name === 'string' ? [{ type, name }] : [];
  if (kind === 'GCPGatewayPolicy')
    return named('google_compute_ssl_policy', at(spec, 'default', 'sslPolicy'));
  if (kind === 'GCPBackendPolicy')
    return named('google_compute_security_policy', at(spec, 'default', 'securityPolicy'));
  if (kind !== 'Gateway') return [];
  return [
    ...named('google_certificate_manager_certificate_map', certificates),
    ...list(at(spec, 'addresses'))
      .filter(({ type }) => type === 'NamedAddress')
      .flatMap(({ value }) => named('google_compute_global_address', value)),
  ];
}

/** `type name`, for this cluster. */
function made(tree: FileTree, cluster: string): readonly string[] {
  const resources = (tree.get(EDGE) ?? '').matchAll(/^resource "(\w+)" "\w+" \{\n {2}name\s*=\s*"([^"]+)"/gm);
  return [...resources].map(
    ([, type, name = '']) => `${type} ${name.replace('${var.cluster_name}', cluster)}`,
  );
}

function hostsWithoutCertificate(
  { objects }: ClusterView,
  { kind, spec }: ManifestObject,
  domain: string,
): readonly string[] {
  const elsewhere = ofKind(objects, 'Gateway').some(
    ({ metadata }) => metadata.annotations?.['networking.gke.io/certmap'] !== undefined,
  );
  if (kind !== 'HTTPRoute' || !elsewhere) return [];
  const hosts = (at(spec, 'hostnames') ?? []) as readonly string[];
  return hosts.filter(host => host.slice(host.indexOf('.') + 1) !== domain);
}

function valuesOf(tree: FileTree, cluster: string): Readonly<Record<string, string>> {
  const text = tree.get(`infra/gke/envs/${cluster}.tfvars.example`) ?? '';
  return Object.fromEntries(
    [...text.matchAll(/^(\w+)\s*=\s*"([^"]*)"/gm)].map(([, key = '', value = '']) => [key, value]),
  );
}

function finding({ name }: ClusterView, object: ManifestObject, message: string): Finding {
  return { code: 'references', place: `${name}: ${nameOf(object)}`, message };
}
