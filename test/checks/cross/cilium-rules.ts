/** How Cilium reads policies: by what an end is, and not by its address where that belongs to the cluster. */
import type { ClusterView } from '../clusters.ts';
import { ofKind } from '../yaml-files.ts';
import { at, fields, type Labels, list } from './fields.ts';

/** What Cilium calls an end that is no pod of a namespace. */
export type Entity = 'kube-apiserver' | 'host' | 'remote-node' | 'ingress';

const POLICIES = ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'];
const RELEASES = ['HelmRelease', 'Application', 'Chart'];

export function runsCilium({ objects }: ClusterView): boolean {
  return (
    POLICIES.some(kind => ofKind(objects, kind).length > 0) ||
    RELEASES.some(kind => ofKind(objects, kind).some(({ metadata }) => metadata.name === 'cilium'))
  );
}

/** A policy for the whole cluster names the namespace among the labels of its pods. */
const NAMESPACE_LABEL = 'k8s:io.kubernetes.pod.namespace';

/** Whether a CiliumNetworkPolicy of these pods lets the entity through. */
export function entityAdmitted(
  { objects }: ClusterView,
  pod: { readonly namespace: string; readonly labels: Labels },
  direction: 'Ingress' | 'Egress',
  entity: Entity,
  port: number,
): boolean {
  const [rulesKey, peersKey] =
    direction === 'Ingress' ? ['ingress', 'fromEntities'] : ['egress', 'toEntities'];
  return POLICIES.flatMap(kind => ofKind(objects, kind))
    .filter(
      ({ kind, metadata, spec }) =>
        (kind === 'CiliumClusterwideNetworkPolicy' || metadata.namespace === pod.namespace) &&
        Object.entries(fields(at(spec, 'endpointSelector', 'matchLabels'))).every(
          ([key, value]) => (key === NAMESPACE_LABEL ? pod.namespace : pod.labels[key]) === value,
        ),
    )
    .flatMap(({ spec }) => list(at(spec, rulesKey)))
    .some(
      rule =>
        ((rule[peersKey] ?? []) as readonly unknown[]).includes(entity) &&
        list(rule.toPorts).some(({ ports }) => list(ports).some(each => each.port === String(port))),
    );
}
