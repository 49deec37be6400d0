/** What each cluster of a stack would be given: every path that its own folder names, built. */
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { run } from './process.ts';
import { read, type Stack } from './stacks.ts';
import { programOf } from './tool.ts';
import { kustomize } from './tools.ts';

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: unknown;
  readonly data?: Readonly<Record<string, string>>;
}
export interface Rendered {
  readonly cluster: string;
  /** The folder that was built, from the root of the repository. */
  readonly path: string;
  readonly yaml: string;
  readonly objects: readonly KubernetesObject[];
  /** Why it could not be built. */
  readonly problem: string | null;
}

interface Source {
  readonly path?: string;
  readonly repoURL: string;
}
interface StepSpec {
  readonly path?: string;
  readonly source?: Source;
  readonly sources?: readonly Source[];
}

const cache = new WeakMap<Stack, Promise<readonly Rendered[]>>();

export function render(stack: Stack): Promise<readonly Rendered[]> {
  const known = cache.get(stack);
  if (known !== undefined) return known;
  const made = renderAll(stack);
  cache.set(stack, made);
  return made;
}

async function renderAll(stack: Stack): Promise<readonly Rendered[]> {
  const clusters = new Set(stack.files.flatMap(file => /^clusters\/([^/]+)\//.exec(file)?.[1] ?? []));
  const all: Rendered[] = [];
  for (const cluster of [...clusters].sort()) {
    const own = await build(stack, cluster, `clusters/${cluster}`);
    all.push(own);
    const paths = [...own.objects.flatMap(pathsOf), ...(await pushedPaths(stack, cluster))];
    for (const path of paths) all.push(await build(stack, cluster, path));
  }
  return all;
}

/** Folders that a pipeline applies, in the order of its steps. */
async function pushedPaths(stack: Stack, cluster: string): Promise<readonly string[]> {
  const file = `clusters/${cluster}/steps.yaml`;
  if (!stack.files.includes(file)) return [];
  const { steps } = parse(await read(stack, file)) as {
    readonly steps: readonly { readonly path?: string }[];
  };
  return steps.flatMap(({ path }) => path ?? []);
}

/** Folders of this repository that an object of Flux or Argo CD has applied. */
function pathsOf({ apiVersion, kind, spec }: KubernetesObject): readonly string[] {
  const { path, sources = [] } = (spec ?? {}) as StepSpec;
  if (kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/'))
    return path === undefined ? [] : [path.replace(/^\.\//, '')];
  if (kind !== 'Application') return [];
  return sources.flatMap(source =>
    /^(?:apps|clusters|platform-config)\//.test(source.path ?? '') ? [source.path ?? ''] : [],
  );
}

async function build(stack: Stack, cluster: string, path: string): Promise<Rendered> {
  const args = ['build', '--load-restrictor', 'LoadRestrictionsNone', join(stack.folder, path)];
  const {
    code,
    stdout: yaml,
    stderr,
  } = await run(programOf(kustomize), args, { on: `${stack.name} ${path}` });
  if (code !== 0) return { cluster, path, yaml: '', objects: [], problem: stderr.trim() };
  const unknown = new Set([...yaml.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name]) => name));
  const objects = parseAllDocuments(yaml, { version: '1.1' }).map(
    document => document.toJS() as KubernetesObject,
  );
  const problem = unknown.size > 0 ? `nothing fills in ${[...unknown].join(', ')}` : warningIn(stderr);
  return { cluster, path, yaml, objects, problem };
}

/** kustomize warns of deprecated fields and exits 0. */
function warningIn(stderr: string): string | null {
  return stderr.trim() === '' ? null : stderr.trim();
}

export interface RenderedCluster {
  /** Stack and cluster. */
  readonly name: string;
  readonly paths: number;
  readonly objects: readonly KubernetesObject[];
  readonly yaml: string;
  /** Text of files of values, by path: Argo CD reads them beside the objects. */
  readonly valueFiles: ReadonlyMap<string, string>;
}

export async function clustersOf(stack: Stack): Promise<readonly RenderedCluster[]> {
  const rendered = await render(stack);
  const files = stack.files.filter(file => /^platform\/[^/]+\/values\.yaml$/.test(file));
  const valueFiles = new Map(
    await Promise.all(files.map(async file => [file, await read(stack, file)] as const)),
  );
  return [...new Set(rendered.map(({ cluster }) => cluster))].map(cluster => {
    const parts = rendered.filter(part => part.cluster === cluster);
    return {
      name: `${stack.name} ${cluster}`,
      paths: parts.length,
      objects: parts.flatMap(({ objects }) => objects),
      yaml: parts.map(({ yaml }) => yaml).join('---\n'),
      valueFiles,
    };
  });
}
