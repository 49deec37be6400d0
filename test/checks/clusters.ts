/** What each cluster of a tree would be given: the steps of Flux in order, built and with their variables filled in. */
import { posix } from 'node:path';
import type { FileTree } from '../../src/files/tree.ts';
import type { Finding } from './finding.ts';
import { build, clusterFolders } from './kustomize.ts';
import type { ManifestObject } from './yaml-files.ts';

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
  readonly steps: readonly Step[];
  /** All objects of all steps and those of the folder itself. */
  readonly objects: readonly ManifestObject[];
  readonly findings: readonly Finding[];
}

interface FluxKustomization {
  readonly path: string;
  readonly wait?: boolean;
  readonly dependsOn?: readonly { readonly name: string }[];
  readonly postBuild?: {
    readonly substituteFrom?: readonly { readonly kind: string; readonly name: string }[];
  };
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
    const variables = variablesFor(own, spec);
    const objects = built.objects.map(each => {
      const { value, unknown } = substitute(each, variables);
      for (const name of unknown)
        findings.push({ code: 'variable', place, message: `nothing fills in \${${name}}` });
      return value as ManifestObject;
    });
    return {
      name: object.metadata.name,
      path: spec.path,
      dependsOn: (spec.dependsOn ?? []).map(({ name }) => name),
      wait: spec.wait === true,
      objects,
    };
  });
  const objects = [...own, ...steps.flatMap(step => step.objects)];
  return { name: posix.basename(folder), own, steps, objects, findings };
}

export function isFluxKustomization({ apiVersion, kind }: ManifestObject): boolean {
  return kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');
}

function variablesFor(
  objects: readonly ManifestObject[],
  { postBuild }: FluxKustomization,
): Readonly<Record<string, string>> {
  const maps = (postBuild?.substituteFrom ?? []).map(({ kind, name }) => {
    const found = objects.find(object => object.kind === kind && object.metadata.name === name);
    return (found?.data ?? {}) as Record<string, string>;
  });
  return Object.assign({}, ...maps);
}

function substitute(
  value: unknown,
  variables: Readonly<Record<string, string>>,
): { readonly value: unknown; readonly unknown: readonly string[] } {
  const unknown = new Set<string>();
  const walk = (each: unknown): unknown => {
    if (typeof each === 'string') {
      return each.replace(/\$\{([A-Z_]+)\}/g, (all, name: string) => {
        const filled = variables[name];
        if (filled === undefined) unknown.add(name);
        return filled ?? all;
      });
    }
    if (Array.isArray(each)) return each.map(walk);
    if (typeof each === 'object' && each !== null)
      return Object.fromEntries(Object.entries(each).map(([key, item]) => [key, walk(item)]));
    return each;
  };
  return { value: walk(value), unknown: [...unknown] };
}
