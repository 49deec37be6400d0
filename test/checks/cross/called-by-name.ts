/** Where destinations are named, nothing keeps a way to any address, no list says everything, and every team has one. */
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { type ManifestObject, nameOf, ofKind } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, fields, type Labels, list } from './fields.ts';

const PAGE = 'docs/runbooks/names-that-may-be-called.md';

export const calledByName: CrossCheck = {
  code: 'called-by-name',
  says: 'Where destinations are named nothing reaches any address, no list says everything, and every team has a list.',
  check: tree => (tree.has(PAGE) ? clustersIn(tree).flatMap(view => findings(tree, view)) : []),
};

function findings(tree: FileTree, view: ClusterView): readonly Finding[] {
  const page = tree.get(PAGE) ?? '';
  const finding = (place: string, message: string): Finding => ({
    code: 'called-by-name',
    place: `${view.name}: ${place}`,
    message,
  });
  const teams = view.objects.filter(
    ({ kind, metadata }) => kind === 'ResourceQuota' && metadata.name === 'team',
  );
  return [
    ...view.objects
      .filter(reachesEverything)
      .filter(({ metadata }) => !page.includes(`/${metadata.name}\``))
      .map(each => finding(nameOf(each), 'reaches any address')),
    ...view.objects
      .filter(each => namesIn(each).some(name => /^\*?$|^\*\.[a-z]+$/.test(name)))
      .map(each => finding(nameOf(each), 'names everything')),
    ...teams
      .filter(({ metadata: { namespace } }) => !view.objects.some(each => isListOf(each, namespace)))
      .map(({ metadata }) => finding(String(metadata.namespace), 'has no list of names')),
  ];
}

function reachesEverything({ kind, spec }: ManifestObject): boolean {
  return (
    kind === 'NetworkPolicy' &&
    list(at(spec, 'egress')).some(({ to }) =>
      list(to).some(peer => at(peer, 'ipBlock', 'cidr') === '0.0.0.0/0'),
    )
  );
}

function isListOf(object: ManifestObject, namespace: string | undefined): boolean {
  return object.metadata.namespace === namespace && namesIn(object).length > 0;
}

/** Kinds of policies that name destinations. */
const LISTS = ['CiliumNetworkPolicy', 'FQDNNetworkPolicy', 'ApplicationNetworkPolicy'];

/** In each of the forms that plugins have. */
export function namesIn({ kind, spec }: ManifestObject): readonly string[] {
  const egress = list(at(spec, 'egress'));
  if (kind === 'CiliumNetworkPolicy')
    return egress
      .flatMap(rule => list(rule.toFQDNs))
      .map(({ matchName, matchPattern }) => String(matchName ?? matchPattern));
  if (kind === 'FQDNNetworkPolicy')
    return egress.flatMap(rule => list(rule.matches)).map(({ name, pattern }) => String(name ?? pattern));
  if (kind !== 'ApplicationNetworkPolicy') return [];
  return egress
    .flatMap(rule => list(rule.to))
    .flatMap(({ domainNames }) => (domainNames ?? []) as readonly string[]);
}

/** Whether some policy lets these pods call names outside. */
export function leavesByName({ objects }: ClusterView, namespace: string, labels: Labels): boolean {
  return LISTS.flatMap(kind => ofKind(objects, kind)).some(each => {
    if (each.metadata.namespace !== namespace || namesIn(each).length === 0) return false;
    const selector = at(each.spec, 'endpointSelector') ?? at(each.spec, 'podSelector');
    return Object.entries(fields(at(selector, 'matchLabels'))).every(([key, value]) => labels[key] === value);
  });
}
