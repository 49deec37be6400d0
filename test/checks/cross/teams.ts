/** Teams of a shared cluster: each namespace has a quota and limits, opens itself to no other team, and is read by its own. */
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { once } from '../once.ts';
import { ofKind } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

export const teams: CrossCheck = {
  code: 'teams',
  says: 'Every namespace of a team has a quota and default limits, and no other team gets in or looks in.',
  check: tree => clustersIn(tree).flatMap(view => spaces(view).flatMap(space => findingsOf(view, space))),
};

interface Space {
  readonly name: string;
  readonly team: string;
}

const spaces = once(({ objects }: ClusterView): readonly Space[] =>
  ofKind(objects, 'Namespace').flatMap(({ metadata: { name, labels = {} } }) => {
    const team = labels['platform/team'];
    return team !== undefined ? [{ name, team }] : [];
  }),
);

function findingsOf(view: ClusterView, { name, team }: Space): readonly Finding[] {
  const inside = view.objects.filter(({ metadata }) => metadata.namespace === name);
  const has = (kind: string) => inside.some(object => object.kind === kind);
  const others = new Set(spaces(view).flatMap(space => (space.team === team ? [] : [space.name])));
  const peers = inside
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap(({ spec }) => [
      ...list(at(spec, 'ingress')).flatMap(({ from }) => list(from)),
      ...list(at(spec, 'egress')).flatMap(({ to }) => list(to)),
    ])
    .map(peer => String(at(peer, 'namespaceSelector', 'matchLabels', 'kubernetes.io/metadata.name')));
  const readers = inside
    // What the pipeline may do for all of them is held against their objects elsewhere.
    .filter(({ kind, metadata: binding }) => kind === 'RoleBinding' && binding.name !== 'delivery-apps')
    .flatMap(({ subjects }) => list(subjects))
    // What delivers for a team reaches no other, which is held elsewhere.
    .filter(({ kind }) => kind !== 'ServiceAccount')
    .map(subject => String(subject.name))
    // The pipeline that delivers belongs to no team.
    .filter(reader => !reader.startsWith('delivery:'));
  return [
    ...(has('ResourceQuota') ? [] : [`${name} has no quota`]),
    ...(has('LimitRange') ? [] : [`${name} has no default limits`]),
    ...[...new Set(peers)].filter(peer => others.has(peer)).map(peer => `${name} opens itself to ${peer}`),
    ...(readers.length === 0 ? [`nobody of ${team} may look into ${name}`] : []),
    // In a directory a group is an address.
    ...readers
      .filter(reader => !reader.replace(/@.*$/, '').endsWith(team))
      .map(reader => `${reader} reads ${name}`),
  ].map(message => ({ code: 'teams', place: view.name, message }));
}
