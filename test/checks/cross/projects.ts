/** Projects of Argo CD let in what is delivered, and nothing that their owner must not have. */
import { isApplication, sourcesOf } from '../argo-cd.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { type ManifestObject, nameOf } from '../yaml-files.ts';
import { groupOf } from './crds-first.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, type Fields, list } from './fields.ts';

export const projects: CrossCheck = {
  code: 'projects',
  says: 'Every Application stands in a project that permits its sources, its namespaces and its kinds.',
  check: tree =>
    clustersIn(tree).flatMap(view => {
      const { root, own, steps, name } = view;
      if (root === null) return [];
      const children = own.filter(isApplication).map(application => ({
        application,
        objects: steps.find(step => step.name === application.metadata.name)?.objects ?? [],
      }));
      const apart = own
        .filter(({ kind, metadata }) => kind === 'AppProject' && metadata.name.startsWith('team-'))
        .flatMap(project => foreignNamespaces(project, view));
      return [
        ...apart,
        ...[{ application: root, objects: own }, ...children].flatMap(({ application, objects }) => {
          const report = (message: string): Finding => ({
            code: 'projects',
            place: `${name}: ${nameOf(application)}`,
            message,
          });
          const wanted = at(application.spec, 'project');
          const project = own.find(each => each.kind === 'AppProject' && each.metadata.name === wanted);
          if (project === undefined)
            return [report(`stands in the project ${String(wanted)}, which is nowhere`)];
          return [
            ...refusedSources(application, project).map(url => report(`${url} is no source of its project`)),
            ...destinationsOf(application, objects)
              .filter(namespace => !permits(list(at(project.spec, 'destinations')), { namespace }))
              .map(namespace => report(`its project has no way into the namespace ${namespace}`)),
            ...objects
              .filter(object => !isPermitted(object, project))
              .map(object => report(`its project does not permit ${nameOf(object)}`)),
          ];
        }),
      ];
    }),
};

/** A team has a way into its own namespaces and into no others. */
function foreignNamespaces({ metadata, spec }: ManifestObject, view: ClusterView): readonly Finding[] {
  const team = metadata.name.replace(/^team-/, '');
  const ownerOf = (name: string) =>
    view.objects.find(object => object.kind === 'Namespace' && object.metadata.name === name)?.metadata
      .labels?.['app.kubernetes.io/part-of'];
  return list(at(spec, 'destinations'))
    .map(({ namespace }) => String(namespace))
    .filter(namespace => ownerOf(namespace) !== team)
    .map(namespace => ({
      code: 'projects',
      place: `${view.name}: delivery/projects`,
      message: `${metadata.name} reaches ${namespace}, which is not its own`,
    }));
}

function refusedSources(application: ManifestObject, project: ManifestObject): readonly string[] {
  const permitted = at(project.spec, 'sourceRepos');
  return sourcesOf(application)
    .map(({ repoURL }) => String(repoURL))
    .filter(url => !Array.isArray(permitted) || !permitted.includes(url));
}

/** Argo CD asks for the namespace that an Application states as well, whatever its objects say. */
function destinationsOf(application: ManifestObject, objects: readonly ManifestObject[]): readonly string[] {
  const own = objects.flatMap(({ metadata }) => metadata.namespace ?? []);
  return [...new Set([...own, String(at(application.spec, 'destination', 'namespace'))])];
}

function permits(rules: readonly Fields[], wanted: Fields): boolean {
  return rules.some(rule =>
    Object.entries(wanted).every(([key, value]) => rule[key] === '*' || rule[key] === value),
  );
}

function isPermitted(object: ManifestObject, { spec }: ManifestObject): boolean {
  const wanted = { group: groupOf(object), kind: object.kind };
  if (object.metadata.namespace === undefined)
    return permits(list(at(spec, 'clusterResourceWhitelist')), wanted);
  const only = at(spec, 'namespaceResourceWhitelist');
  return (
    !permits(list(at(spec, 'namespaceResourceBlacklist')), wanted) &&
    (only === undefined || permits(list(only), wanted))
  );
}
