/** What each cluster of a tree would be given: the steps of Flux in order, built. */
import { posix } from 'node:path';
import type { FileTree } from '../../src/files/tree.ts';
import { at, fields } from './cross/fields.ts';
import type { Finding } from './finding.ts';
import { build, clusterFolders } from './kustomize.ts';
import { documentsOf, type ManifestObject } from './yaml-files.ts';

export interface Step {
  readonly name: string;
  readonly path: string;
  readonly dependsOn: readonly string[];
  readonly wait: boolean;
  readonly objects: readonly ManifestObject[];
}
export interface ClusterView {
  readonly name: string;
  /** Objects of clusters/<name> itself. */
  readonly own: readonly ManifestObject[];
  /** What clusters/<name>/variables says. */
  readonly variables: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  /** All objects of all steps and those of the folder itself. */
  readonly objects: readonly ManifestObject[];
  readonly findings: readonly Finding[];
}

interface FluxKustomization {
  readonly path: string;
  readonly wait?: boolean;
  readonly dependsOn?: readonly { readonly name: string }[];
}

const views = new WeakMap<FileTree, readonly ClusterView[]>();

export function clustersIn(tree: FileTree): readonly ClusterView[] {
  const known = views.get(tree);
  if (known !== undefined) return known;
  const made = clusterFolders(tree).map(folder => viewOf(tree, folder));
  views.set(tree, made);
  return made;
}

function viewOf(tree: FileTree, folder: string): ClusterView {
  const findings: Finding[] = [];
  const own = build(tree, folder).objects;
  const steps = own.filter(isFluxKustomization).map(object => {
    const spec = object.spec as FluxKustomization;
    const built = build(tree, posix.normalize(spec.path));
    const place = `${folder}/${object.metadata.name}`;
    for (const name of new Set(built.objects.flatMap(unfilled)))
      findings.push({ code: 'variable', place, message: `nothing fills in \${${name}}` });
    return {
      name: object.metadata.name,
      path: spec.path,
      dependsOn: (spec.dependsOn ?? []).map(({ name }) => name),
      wait: spec.wait === true,
      objects: built.objects,
    };
  });
  const objects = [...own, ...steps.flatMap(step => step.objects)];
  return {
    name: posix.basename(folder),
    own,
    variables: variablesOf(tree, folder),
    steps,
    objects,
    findings,
  };
}

function variablesOf(tree: FileTree, folder: string): Readonly<Record<string, string>> {
  const [map] = documentsOf(tree.get(`${folder}/variables/cluster-vars.yaml`) ?? '');
  return fields(at(map, 'data')) as Readonly<Record<string, string>>;
}

export function isFluxKustomization({ apiVersion, kind }: ManifestObject): boolean {
  return kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');
}

function unfilled(value: unknown): readonly string[] {
  return [...JSON.stringify(value).matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name = '']) => name);
}
