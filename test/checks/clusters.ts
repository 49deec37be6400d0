/** What each cluster of a tree would be given, in order, as its tool of delivery reads it. */
import { posix } from 'node:path';
import type { FileTree } from '../../src/files/tree.ts';
import { argoSteps, rootOf } from './argo-cd.ts';
import { at, fields } from './cross/fields.ts';
import type { Finding } from './finding.ts';
import { fluxSteps } from './flux.ts';
import { build, clusterFolders } from './kustomize.ts';
import { once } from './once.ts';
import { orderOf, pushSteps } from './push.ts';
import { documentsOf, jsonOf, type ManifestObject } from './yaml-files.ts';

export interface Step {
  readonly name: string;
  readonly path: string;
  readonly dependsOn: readonly string[];
  readonly wait: boolean;
  readonly objects: readonly ManifestObject[];
  /** Charts and manifests of others that come in this step. */
  readonly installs: readonly Install[];
}
export interface Install {
  readonly name: string;
  /** Null where it brings its own. */
  readonly namespace: string | null;
}
export interface ClusterView {
  readonly name: string;
  /** Objects of clusters/<name> itself. */
  readonly own: readonly ManifestObject[];
  /** What Argo CD begins with; null under the others. */
  readonly root: ManifestObject | null;
  /** What clusters/<name>/variables says. */
  readonly variables: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  /** All objects of all steps and those of the folder itself. */
  readonly objects: readonly ManifestObject[];
  readonly findings: readonly Finding[];
}

export const clustersIn = once((tree: FileTree): readonly ClusterView[] =>
  clusterFolders(tree).map(folder => viewOf(tree, folder)),
);

function viewOf(tree: FileTree, folder: string): ClusterView {
  const own = build(tree, folder).objects;
  const root = rootOf(tree, folder);
  const order = orderOf(tree, folder);
  const pulled = root === null ? fluxSteps(tree, own) : argoSteps(tree, own);
  const steps = order === null ? pulled : pushSteps(tree, order, own);
  const findings = [{ name: 'itself', objects: own }, ...steps].flatMap(({ name, objects }): Finding[] =>
    [...new Set(objects.flatMap(unfilled))].map(variable => ({
      code: 'variable',
      place: `${folder}/${name}`,
      message: `nothing fills in \${${variable}}`,
    })),
  );
  return {
    name: posix.basename(folder),
    own,
    root,
    variables: variablesOf(tree, folder),
    steps,
    objects: [...(root === null ? [] : [root]), ...own, ...steps.flatMap(step => step.objects)],
    findings,
  };
}

function variablesOf(tree: FileTree, folder: string): Readonly<Record<string, string>> {
  const [map] = documentsOf(tree.get(`${folder}/variables/cluster-vars.yaml`) ?? '');
  return fields(at(map, 'data')) as Readonly<Record<string, string>>;
}

/** Clusters share most of their objects. */
const unfilled = once((object: ManifestObject): readonly string[] =>
  [...jsonOf(object).matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name = '']) => name),
);
