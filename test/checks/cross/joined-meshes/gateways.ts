/** Whether a gateway of joined clusters lets in who is to call it, and whether callers reach it. */
import type { FileTree } from '../../../../src/files/tree.ts';
import type { ClusterView } from '../../clusters.ts';
import { at, fields, list, selects } from '../fields.ts';
import { isMarked, type MeshKind } from '../mesh-rules.ts';
import { contains, isRange } from '../ranges.ts';
import { networksIn } from './clusters.ts';

export function openness(others: readonly string[], sources: readonly string[]): readonly string[] {
  const isOpen = others.length > 0 && (sources.length === 0 || sources.includes('0.0.0.0/0'));
  return isOpen ? ['its gateway lets everybody in'] : [];
}

export function wayIn(
  view: ClusterView,
  namespace: string,
  labels: Readonly<Record<string, string>>,
  ports: readonly number[],
): readonly string[] {
  const open = portsOf(view, namespace, 'ingress', labels).map(({ port }) => port);
  return ports.filter(port => !open.includes(port)).map(port => `its gateway is closed at ${port}`);
}

export function waysOut(
  tree: FileTree,
  view: ClusterView,
  others: readonly string[],
  kind: MeshKind,
  crossing: number,
): readonly string[] {
  const ranges = networksIn(tree);
  const callers = view.objects.filter(each => each.kind === 'Namespace' && isMarked(kind, each));
  return callers.flatMap(({ metadata: { name } }) => {
    const open = portsOf(view, name, 'egress', {}).filter(({ port }) => port === crossing);
    return others
      .filter(other => !open.some(({ range }) => reaches(range, ranges.get(other) ?? '')))
      .map(other => `${name} does not reach the gateway of ${other}`);
  });
}

function reaches(range: string, network: string): boolean {
  return range === '0.0.0.0/0' || (isRange(range) && isRange(network) && contains(range, network));
}

/** Ports that policies of the namespace open for pods with these labels, with the ranges at the other end. */
function portsOf(
  { objects }: ClusterView,
  namespace: string,
  direction: 'ingress' | 'egress',
  labels: Readonly<Record<string, string>>,
): readonly { readonly port: number; readonly range: string }[] {
  return objects
    .filter(
      ({ kind, metadata, spec }) =>
        kind === 'NetworkPolicy' &&
        metadata.namespace === namespace &&
        selects(at(spec, 'podSelector'), labels),
    )
    .flatMap(({ spec }) => list(at(spec, direction)))
    .flatMap(rule => {
      const ranges = list(at(rule, direction === 'ingress' ? 'from' : 'to')).flatMap(peer => {
        const cidr = at(peer, 'ipBlock', 'cidr');
        return typeof cidr === 'string' ? [cidr] : [];
      });
      return list(at(rule, 'ports')).flatMap(each =>
        ranges.map(range => ({ port: Number(fields(each).port), range })),
      );
    });
}
