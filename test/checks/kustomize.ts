/**
 * Builds kustomizations in memory, as far as starters use them, and says what kustomize itself keeps silent about: a
 * patch whose target is nowhere, a file that nothing names.
 *
 *     expect(checkKustomizations(tree)).toEqual([]);
 */
import { posix } from 'node:path';
import type { FileTree } from '../../src/files/tree.ts';
import { isApplication, ownPaths, repositoryOf, valueFiles } from './argo-cd.ts';
import type { Finding } from './finding.ts';
import { type Patch, patched, type Replacement, replaced } from './kustomize-changes.ts';
import { once, oncePerText } from './once.ts';
import { orderOf, pushValueFiles } from './push.ts';
import { kustomizationProblem, kustomizeComponentProblem } from './schemas.ts';
import { documentsOf, isManifest, type ManifestObject, nameOf } from './yaml-files.ts';

interface Parts {
  readonly resources?: readonly string[];
  readonly components?: readonly string[];
}
interface Kustomization extends Parts {
  readonly configMapGenerator?: readonly {
    readonly name: string;
    readonly namespace: string;
    readonly files: readonly string[];
    readonly options?: { readonly labels?: Readonly<Record<string, string>> };
  }[];
  readonly patches?: readonly Patch[];
  readonly replacements?: readonly Replacement[];
}
interface Component extends Parts {
  readonly patches?: readonly Patch[];
  readonly replacements?: readonly Replacement[];
}
export interface Build {
  readonly objects: readonly ManifestObject[];
  /** Files that went into it. */
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
}

const builds = new WeakMap<FileTree, Map<string, Build>>();

/** Nobody changes a tree that is being checked, so each of its folders is built once. */
export function build(tree: FileTree, folder: string): Build {
  const known = builds.get(tree) ?? new Map<string, Build>();
  builds.set(tree, known);
  const made =
    known.get(folder) ?? builtBefore(tree, folder) ?? remembered(tree, folder, buildAnew(tree, folder));
  known.set(folder, made);
  return made;
}

interface CleanBuild {
  readonly made: Build;
  readonly texts: readonly (readonly [file: string, text: string | undefined])[];
}
/** By folder, what came of it without a finding, with all texts that went into it. */
const clean = new Map<string, CleanBuild[]>();

/** Trees that differ in one file share the builds of all other folders. */
function builtBefore(tree: FileTree, folder: string): Build | undefined {
  return clean.get(folder)?.find(({ texts }) => texts.every(([file, text]) => tree.get(file) === text))?.made;
}

function remembered(tree: FileTree, folder: string, made: Build): Build {
  if (made.findings.length > 0) return made;
  const texts = made.files.map(file => [file, tree.get(file)] as const);
  clean.set(folder, [...(clean.get(folder) ?? []), { made, texts }]);
  return made;
}

function buildAnew(tree: FileTree, folder: string): Build {
  const index = posix.join(folder, 'kustomization.yaml');
  const read = indexOf(tree, index, problemOfKustomization);
  if ('findings' in read) return read;
  const {
    resources = [],
    components = [],
    configMapGenerator = [],
    patches = [],
    replacements = [],
  } = read.value as Kustomization;

  const parts = resources.map(resource => resourceBuild(tree, posix.join(folder, resource)));
  const files = [index, ...parts.flatMap(part => part.files)];
  const findings = parts.flatMap(part => part.findings);
  let objects: readonly ManifestObject[] = parts.flatMap(part => part.objects);
  for (const component of components) {
    const added = withComponent(tree, posix.join(folder, component), objects);
    objects = added.objects;
    files.push(...added.files);
    findings.push(...added.findings);
  }
  const maps = configMapGenerator.map(({ name, namespace, files: named, options }): ManifestObject => {
    const data: Record<string, string> = {};
    for (const each of named) {
      const [key = '', file = ''] = each.split('=');
      const path = posix.join(folder, file);
      const content = tree.get(path);
      if (content === undefined) findings.push({ code: 'missing', place: index, message: `names ${file}` });
      data[key] = content ?? '';
      files.push(path);
    }
    const labels = options?.labels ?? {};
    return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels }, data };
  });
  objects = [...objects, ...maps];
  findings.push(...duplicates(objects, index));
  const changed = patched(objects, patches);
  findings.push(...changed.problems.map(message => ({ code: 'patch', place: index, message })));
  const { after, problems } = replaced(changed.after, replacements);
  findings.push(...problems.map(message => ({ code: 'replacement', place: index, message })));
  return { objects: after.filter(isDelivered), files, findings };
}

/** A component changes what is already there; what it brings for its own use is gone when it is done. */
function withComponent(tree: FileTree, folder: string, before: readonly ManifestObject[]): Build {
  const index = posix.join(folder, 'kustomization.yaml');
  const read = indexOf(tree, index, problemOfComponent);
  if ('findings' in read) return { ...read, objects: before };
  const { resources = [], components = [], patches = [], replacements = [] } = read.value as Component;
  const parts = resources.map(resource => resourceBuild(tree, posix.join(folder, resource)));
  const files = [index, ...parts.flatMap(part => part.files)];
  const findings = parts.flatMap(part => part.findings);
  let objects: readonly ManifestObject[] = [...before, ...parts.flatMap(part => part.objects)];
  for (const component of components) {
    const added = withComponent(tree, posix.join(folder, component), objects);
    objects = added.objects;
    files.push(...added.files);
    findings.push(...added.findings);
  }
  const changed = patched(objects, patches);
  findings.push(...changed.problems.map(message => ({ code: 'patch', place: index, message })));
  const { after, problems } = replaced(changed.after, replacements);
  findings.push(...problems.map(message => ({ code: 'replacement', place: index, message })));
  return { objects: after.filter(isDelivered), files, findings };
}

function indexOf(
  tree: FileTree,
  index: string,
  problemOf: (text: string) => string | null,
): { readonly value: unknown } | Build {
  const text = tree.get(index);
  if (text === undefined) return failed(index, 'missing', 'there is no kustomization.yaml');
  const [value, ...more] = documentsOf(text);
  const problem = more.length > 0 ? 'has several documents' : problemOf(text);
  return problem === null ? { value } : failed(index, 'kustomization', problem);
}

const problemOfKustomization = oncePerText(text => kustomizationProblem(documentsOf(text)[0]));
const problemOfComponent = oncePerText(text => kustomizeComponentProblem(documentsOf(text)[0]));

function resourceBuild(tree: FileTree, path: string): Build {
  return tree.has(path) ? fileObjects(tree, path) : build(tree, path);
}

function isDelivered({ metadata }: ManifestObject): boolean {
  return metadata.annotations?.['config.kubernetes.io/local-config'] !== 'true';
}

function failed(place: string, code: string, message: string): Build {
  return { objects: [], files: [], findings: [{ code, place, message }] };
}

function fileObjects(tree: FileTree, path: string): Build {
  const objects = documentsOf(tree.get(path) ?? '').filter(isManifest);
  return { objects, files: [path], findings: [] };
}

const keyOf = once(
  (object: ManifestObject): string => `${object.apiVersion.replace(/\/?[^/]*$/, '')} ${nameOf(object)}`,
);

function duplicates(objects: readonly ManifestObject[], place: string): readonly Finding[] {
  const seen = new Set<string>();
  return objects.flatMap(object => {
    const key = keyOf(object);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ code: 'duplicate', place, message: `${nameOf(object)} stands in it twice` }];
  });
}

/** Every kustomization builds, and every YAML file of the delivered folders belongs to one that is applied. */
export function checkKustomizations(tree: FileTree): readonly Finding[] {
  const builds = roots(tree).map(folder => build(tree, folder));
  const values = builds.flatMap(({ objects }) =>
    objects.flatMap(each => [...valueFiles(each), ...pushValueFiles(each)]),
  );
  const named = new Set([
    ...builds.flatMap(({ files }) => files),
    ...clusterFolders(tree).flatMap(folder => [`${folder}/root.yaml`, `${folder}/steps.yaml`]),
    ...values,
  ]);
  const orphans = [...tree.keys()]
    .filter(
      file =>
        /^(?:apps|clusters|delivery|platform|platform-config)\/.+\.ya?ml$/.test(file) && !named.has(file),
    )
    .map(file => ({ code: 'orphan', place: file, message: 'no kustomization that is applied names it' }));
  const missing = [...new Set(values)]
    .filter(file => !tree.has(file))
    .map(file => ({ code: 'missing', place: file, message: 'a chart is to get values from it' }));
  return [...builds.flatMap(({ findings }) => findings), ...missing, ...orphans];
}

/** The folders of the clusters and those that their steps point at. */
function roots(tree: FileTree): readonly string[] {
  const clusters = clusterFolders(tree);
  const repository = repositoryOf(tree);
  const pushed = clusters.flatMap(folder => (orderOf(tree, folder) ?? []).flatMap(({ path }) => path ?? []));
  const steps = clusters.flatMap(folder =>
    build(tree, folder).objects.flatMap(object => {
      const { path } = (object.spec ?? {}) as { path?: string };
      if (isApplication(object)) return ownPaths(object, repository);
      const isStep = object.kind === 'Kustomization' && path !== undefined;
      return isStep ? [posix.normalize(path)] : [];
    }),
  );
  return [...new Set([...clusters, ...pushed, ...steps])];
}

export function clusterFolders(tree: FileTree): readonly string[] {
  const folders = [...tree.keys()].flatMap(file => /^clusters\/[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].sort();
}
