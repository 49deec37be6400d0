/**
 * Builds kustomizations in memory, as far as starters use them, and says what kustomize itself keeps silent about: a
 * patch whose target is nowhere, a file that nothing names.
 *
 *     expect(checkKustomizations(tree)).toEqual([]);
 */
import { posix } from 'node:path';
import type { FileTree } from '../../src/files/tree.ts';
import type { Finding } from './finding.ts';
import { kustomizationProblem } from './schemas.ts';
import { documentsOf, isManifest, type ManifestObject, nameOf } from './yaml-files.ts';

interface Kustomization {
  readonly resources?: readonly string[];
  readonly configMapGenerator?: readonly {
    readonly name: string;
    readonly namespace: string;
    readonly files: readonly string[];
    readonly options?: { readonly labels?: Readonly<Record<string, string>> };
  }[];
  readonly patches?: readonly Patch[];
}
interface Patch {
  readonly target: {
    readonly group?: string;
    readonly version: string;
    readonly kind: string;
    readonly name: string;
  };
  readonly patch: string;
}
interface Operation {
  readonly op: 'add' | 'replace';
  readonly path: string;
  readonly value: unknown;
}
export interface Build {
  readonly objects: readonly ManifestObject[];
  /** Files that went into it. */
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
}

export function build(tree: FileTree, folder: string): Build {
  const index = posix.join(folder, 'kustomization.yaml');
  const text = tree.get(index);
  if (text === undefined) return failed(index, 'missing', 'there is no kustomization.yaml');
  const [value, ...more] = documentsOf(text);
  const problem = more.length > 0 ? 'has several documents' : kustomizationProblem(value);
  if (problem !== null) return failed(index, 'kustomization', problem);
  const { resources = [], configMapGenerator = [], patches = [] } = value as Kustomization;

  const findings: Finding[] = [];
  const files = [index];
  const objects: ManifestObject[] = [];
  for (const resource of resources) {
    const path = posix.join(folder, resource);
    const part = tree.has(path) ? fileObjects(tree, path) : build(tree, path);
    objects.push(...part.objects);
    files.push(...part.files);
    findings.push(...part.findings);
  }
  for (const generator of configMapGenerator) {
    const data: Record<string, string> = {};
    for (const file of generator.files) {
      const path = posix.join(folder, file);
      const content = tree.get(path);
      if (content === undefined) findings.push({ code: 'missing', place: index, message: `names ${file}` });
      data[file] = content ?? '';
      files.push(path);
    }
    const { name, namespace, options } = generator;
    const labels = options?.labels ?? {};
    objects.push({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels }, data });
  }
  findings.push(...duplicates(objects, index));
  const patched = patches.reduce<readonly ManifestObject[]>((before, patch) => {
    const { after, problem: reason } = apply(before, patch);
    if (reason !== null) findings.push({ code: 'patch', place: index, message: reason });
    return after;
  }, objects);
  return { objects: patched, files, findings };
}

function failed(place: string, code: string, message: string): Build {
  return { objects: [], files: [], findings: [{ code, place, message }] };
}

function fileObjects(tree: FileTree, path: string): Build {
  const objects = documentsOf(tree.get(path) ?? '').filter(isManifest);
  return { objects, files: [path], findings: [] };
}

function duplicates(objects: readonly ManifestObject[], place: string): readonly Finding[] {
  const seen = new Set<string>();
  return objects.flatMap(object => {
    const key = `${object.apiVersion.replace(/\/?[^/]*$/, '')} ${nameOf(object)}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ code: 'duplicate', place, message: `${nameOf(object)} stands in it twice` }];
  });
}

function apply(
  objects: readonly ManifestObject[],
  { target, patch }: Patch,
): { readonly after: readonly ManifestObject[]; readonly problem: string | null } {
  const apiVersion = target.group === undefined ? target.version : `${target.group}/${target.version}`;
  const meant = (object: ManifestObject) =>
    object.apiVersion === apiVersion && object.kind === target.kind && object.metadata.name === target.name;
  if (!objects.some(meant))
    return { after: objects, problem: `no object is ${apiVersion} ${target.kind} ${target.name}` };
  const operations = documentsOf(patch)[0] as readonly Operation[];
  let problem: string | null = null;
  const after = objects.map(object => {
    if (!meant(object)) return object;
    const copy = structuredClone(object);
    for (const operation of operations) problem ??= change(copy, operation);
    return copy;
  });
  return { after, problem };
}

/** `replace` needs something to replace, as RFC 6902 has it. */
function change(object: ManifestObject, { op, path, value }: Operation): string | null {
  const keys = path
    .split('/')
    .slice(1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop() ?? '';
  let holder: unknown = object;
  for (const key of keys) holder = (holder as Record<string, unknown> | undefined)?.[key];
  if (typeof holder !== 'object' || holder === null) return `${path} is nowhere in ${nameOf(object)}`;
  const fields = holder as Record<string, unknown>;
  if (op === 'replace' && !(last in fields)) return `${path} is nowhere in ${nameOf(object)}`;
  fields[last] = value;
  return null;
}

/** Every kustomization builds, and every YAML file of the delivered folders belongs to one that Flux applies. */
export function checkKustomizations(tree: FileTree): readonly Finding[] {
  const builds = roots(tree).map(folder => build(tree, folder));
  const named = new Set(builds.flatMap(({ files }) => files));
  const orphans = [...tree.keys()]
    .filter(file => /^(?:apps|clusters|platform|platform-config)\/.+\.ya?ml$/.test(file) && !named.has(file))
    .map(file => ({ code: 'orphan', place: file, message: 'no kustomization that is applied names it' }));
  return [...builds.flatMap(({ findings }) => findings), ...orphans];
}

/** The folders of the clusters and those that their steps point at. */
function roots(tree: FileTree): readonly string[] {
  const clusters = clusterFolders(tree);
  const steps = clusters.flatMap(folder =>
    build(tree, folder).objects.flatMap(object => {
      const { path } = (object.spec ?? {}) as { path?: string };
      const isStep = object.kind === 'Kustomization' && path !== undefined;
      return isStep ? [posix.normalize(path)] : [];
    }),
  );
  return [...new Set([...clusters, ...steps])];
}

export function clusterFolders(tree: FileTree): readonly string[] {
  const folders = [...tree.keys()].flatMap(file => /^clusters\/[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].sort();
}
