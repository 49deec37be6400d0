/** Teams that share a cluster are delivered apart: by a step of their own, which may reach their namespaces and no others. */
import type { FileTree } from '../../../src/files/tree.ts';
import { isApplication } from '../argo-cd.ts';
import { type ClusterView, clustersIn, type Step } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { orderOf } from '../push.ts';
import { type ManifestObject, nameOf, ofKind } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list, podTemplate } from './fields.ts';
import { permits } from './permits.ts';

const ARGO_VALUES = 'platform/argo-cd/values.yaml';

export const teamDelivery: CrossCheck = {
  code: 'team-delivery',
  says: 'Workloads of a team come in a step of that team, which reaches its namespaces alone, and its members sync no other.',
  check: tree =>
    clustersIn(tree).flatMap(view => {
      // A pipeline takes all workloads in one step, as one identity.
      if (orderOf(tree, `clusters/${view.name}`) !== null) return [];
      const teams = teamsOf(view);
      return [...teams.flatMap(team => findingsOf(tree, view, team)), ...strangers(view, teams)].map(
        (message): Finding => ({ code: 'team-delivery', place: view.name, message }),
      );
    }),
};

interface Team {
  readonly name: string;
  readonly namespaces: readonly string[];
}

/** But for tenants of virtual clusters, who deliver inside. */
function teamsOf({ objects, steps }: ClusterView): readonly Team[] {
  const hosts = new Set(
    steps.flatMap(({ installs }) =>
      installs.filter(({ name }) => name.startsWith('virtual-')).map(({ namespace }) => namespace),
    ),
  );
  const spaces = ofKind(objects, 'Namespace').flatMap(({ metadata: { name, labels = {} } }) => {
    const team = labels['platform/team'];
    return team === undefined || hosts.has(name) ? [] : [{ name, team }];
  });
  return [...new Set(spaces.map(({ team }) => team))].map(name => ({
    name,
    namespaces: spaces.filter(({ team }) => team === name).map(space => space.name),
  }));
}

function findingsOf(tree: FileTree, view: ClusterView, team: Team): readonly string[] {
  const name = `apps-${team.name}`;
  const step = view.steps.find(each => each.name === name);
  const deliverer = view.own.find(
    ({ kind, metadata }) => metadata.name === name && ['Application', 'Kustomization'].includes(kind),
  );
  if (step === undefined || deliverer === undefined) return [`nothing delivers for ${team.name} alone`];
  const reached = isApplication(deliverer)
    ? destinations(view, deliverer)
    : boundIn(view, String(at(deliverer.spec, 'serviceAccountName')));
  return [
    ...differences(team, reached),
    ...(isApplication(deliverer) ? syncs(tree, team) : refused(view, deliverer, step)),
  ];
}

function differences({ name, namespaces }: Team, reached: readonly string[]): readonly string[] {
  return [
    ...namespaces
      .filter(each => !reached.includes(each))
      .map(each => `${name} may bring nothing into ${each}`),
    ...reached.filter(each => !namespaces.includes(each)).map(each => `${name} reaches ${each}`),
  ];
}

function destinations({ own }: ClusterView, { spec }: ManifestObject): readonly string[] {
  const project = ofKind(own, 'AppProject').find(({ metadata }) => metadata.name === at(spec, 'project'));
  return list(at(project?.spec, 'destinations')).map(({ namespace }) => String(namespace));
}

/** A binding without a namespace is one in all of them. */
function boundIn({ objects }: ClusterView, account: string): readonly string[] {
  return [...ofKind(objects, 'RoleBinding'), ...ofKind(objects, 'ClusterRoleBinding')]
    .filter(({ subjects }) =>
      list(subjects).some(({ kind, name }) => kind === 'ServiceAccount' && name === account),
    )
    .map(({ metadata }) => metadata.namespace ?? 'every namespace');
}

/** Whoever is in the group of a team syncs what stands in its project, and nothing else. */
function syncs(tree: FileTree, { name }: Team): readonly string[] {
  const lines = (tree.get(ARGO_VALUES) ?? '').matchAll(/^ +p, role:team-(\S+), \S+, sync, (\S+), allow$/gm);
  const targets = [...lines].flatMap(([, team, target = '']) => (team === name ? [target] : []));
  if (targets.length === 0) return [`nobody of ${name} may sync`];
  return targets.filter(target => target !== `team-${name}/*`).map(target => `${name} syncs ${target}`);
}

/** What Flux may not apply for a team, and what nobody may apply for one. */
function refused({ objects }: ClusterView, { spec }: ManifestObject, step: Step): readonly string[] {
  const account = at(spec, 'serviceAccountName');
  const bindings = ofKind(objects, 'RoleBinding').filter(({ subjects }) =>
    list(subjects).some(subject => subject.name === account),
  );
  const roles = bindings.flatMap(binding =>
    ofKind(objects, 'ClusterRole').filter(({ metadata }) => metadata.name === at(binding.roleRef, 'name')),
  );
  const may = (object: Pick<ManifestObject, 'apiVersion' | 'kind'>) =>
    roles.some(role => ['create', 'patch', 'delete'].every(verb => permits(role, object, verb)));
  return [
    ...step.objects.filter(object => !may(object)).map(object => `nobody may apply ${nameOf(object)}`),
    ...PLATFORMS.filter(may).map(({ kind }) => `a team may bring a ${kind}`),
  ];
}

const PLATFORMS = [
  { apiVersion: 'v1', kind: 'ResourceQuota' },
  { apiVersion: 'v1', kind: 'LimitRange' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' },
] as const;

/** Pods of a team come with its own step: what another one breaks would stop them. */
function strangers({ steps }: ClusterView, teams: readonly Team[]): readonly string[] {
  return teams.flatMap(({ name, namespaces }) =>
    steps
      .filter(step => step.name !== `apps-${name}`)
      .flatMap(step =>
        step.objects
          .filter(each => podTemplate(each) !== null && namespaces.includes(each.metadata.namespace ?? ''))
          .map(each => `${nameOf(each)} of ${name} comes with ${step.name}`),
      ),
  );
}
