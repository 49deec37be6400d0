/**
 * Holds every emitted object against the published types of its kind: TypeScript finds unknown fields at any depth,
 * wrong types and values, `validate()` finds formats and ranges, and each object has its name once per cluster.
 *
 *     expect(await checkKubernetes(tree)).toEqual([]);
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { FileTree } from '../../src/files/tree.ts';
import { clustersIn } from './clusters.ts';
import type { Finding } from './finding.ts';
import { ownSchemaProblem } from './schemas.ts';
import { checkYamlFiles, jsonOf, type ManifestObject, manifestsOf, nameOf } from './yaml-files.ts';

export function checkKubernetes(tree: FileTree): Promise<readonly Finding[]> {
  return checkKubernetesOf([tree]);
}

/** The same of several trees at once; what they share is looked at once. */
export async function checkKubernetesOf(trees: readonly FileTree[]): Promise<readonly Finding[]> {
  const typed = new Map<string, TypedObject>();
  const findings: Finding[] = [];
  for (const tree of trees) {
    const unreadable = checkYamlFiles(tree);
    findings.push(...unreadable);
    if (unreadable.length > 0) continue;
    for (const { file, object } of manifestsOf(tree)) {
      const key = jsonOf(object);
      if (typed.has(key) || wellTyped.has(key)) continue;
      const place = `${file}: ${nameOf(object)}`;
      const problem = ownSchemaProblem(object);
      if (problem !== undefined) {
        if (problem !== null) findings.push({ code: 'schema', place, message: problem });
        continue;
      }
      const model = modelOf(object);
      if (model === null)
        findings.push({ code: 'no-model', place, message: `nothing knows ${object.apiVersion}` });
      else typed.set(key, { place, object, model });
    }
    for (const { name, objects, findings: more } of clustersIn(tree)) {
      findings.push(...more, ...duplicates(name, objects), ...(await invalid(name, objects)));
    }
  }
  const wrong = await typeErrors([...typed.values()]);
  const places = new Set(wrong.map(({ place }) => place));
  for (const [key, { place }] of typed) if (!places.has(place)) wellTyped.add(key);
  return [...findings, ...wrong];
}

/** Objects in which nothing was found, so that the next tree which holds them need not ask again. */
const wellTyped = new Set<string>();
const valid = new Set<string>();

interface TypedObject {
  readonly place: string;
  readonly object: ManifestObject;
  readonly model: string;
}

const MODULES = resolve(import.meta.dirname, '../../node_modules');
const PACKAGES: readonly (readonly [RegExp, string])[] = [
  [/\.toolkit\.fluxcd\.io$/, '@kubernetes-models/flux-cd'],
  [/^gateway\.networking\.k8s\.io$/, '@kubernetes-models/gateway-api'],
  [/^gateway\.envoyproxy\.io$/, '@kubernetes-models/envoy-gateway'],
  [/^monitoring\.coreos\.com$/, '@kubernetes-models/prometheus-operator'],
  [/cert-manager\.io$/, '@kubernetes-models/cert-manager'],
  [/^external-secrets\.io$/, '@kubernetes-models/external-secrets'],
  [/^policies\.kyverno\.io$/, '@kubernetes-models/kyverno'],
  [/^karpenter\.(?:sh|k8s\.aws)$/, '@kubernetes-models/karpenter'],
  [/^argoproj\.io$/, '@kubernetes-models/argo-cd'],
  [/^cilium\.io$/, '@kubernetes-models/cilium'],
  [/\.istio\.io$/, '@kubernetes-models/istio'],
  [/^keda\.sh$/, '@kubernetes-models/keda'],
  [/^traefik\.io$/, '@kubernetes-models/traefik'],
  [/^postgresql\.cnpg\.io$/, '@kubernetes-models/cloudnative-pg'],
];

const models = new Map<string, string | null>();

/** The module of the kind's type; null where no installed package has it. */
function modelOf({ apiVersion, kind }: ManifestObject): string | null {
  const name = `${apiVersion} ${kind}`;
  const known = models.get(name);
  if (known !== undefined) return known;
  const made = findModel(apiVersion, kind);
  models.set(name, made);
  return made;
}

function findModel(apiVersion: string, kind: string): string | null {
  const [group = '', version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const found = PACKAGES.find(([pattern]) => pattern.test(group))?.[1] ?? 'kubernetes-models';
  const model = [found, ...(group === '' ? [] : [group]), version].join('/');
  return existsSync(join(MODULES, model, `${kind}.d.ts`)) ? model : null;
}

/** One line per object, so that the line of an error names the object. */
async function typeErrors(objects: readonly TypedObject[]): Promise<readonly Finding[]> {
  if (objects.length === 0) return [];
  const kinds = [...new Set(objects.map(({ model, object }) => `${model} ${object.kind}`))];
  const imports = kinds.map((each, index) => {
    const [model, kind] = each.split(' ');
    return `import type { I${kind} as T${index} } from '${model}';`;
  });
  const lines = objects.map(({ model, object }, index) => {
    const type = kinds.indexOf(`${model} ${object.kind}`);
    return `export const object${index}: T${type} = ${JSON.stringify(object)};`;
  });
  const output = await compile([...imports, ...lines].join('\n'));
  return [...output.matchAll(/^objects\.ts\((\d+),\d+\): error (TS\d+): (.*)$/gm)].map(
    ([, line, code, message]) => ({
      code: code ?? 'type',
      place: objects[Number(line) - 1 - imports.length]?.place ?? `line ${line}`,
      message: message ?? '',
    }),
  );
}

/** The folder lies within node_modules, so that imports are found; TypeScript 7 has no other way in than its program. */
async function compile(source: string): Promise<string> {
  const cache = join(MODULES, '.cache', 'chartroom');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'objects-'));
  try {
    writeFileSync(join(folder, 'objects.ts'), source);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
    const flags = ['--pretty', 'false', '--singleThreaded', '--project', folder];
    await promisify(execFile)(await compiler(), flags, { cwd: folder });
    return '';
  } catch (error) {
    const { stdout } = error as { stdout?: string };
    if (stdout === undefined || !stdout.includes('error TS')) throw error;
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the command starts: Node in between takes longer than most of these runs. */
async function compiler(): Promise<string> {
  const finder = pathToFileURL(join(MODULES, 'typescript', 'lib', 'getExePath.js')).href;
  const { default: getExePath } = (await import(finder)) as { readonly default: () => string };
  return getExePath();
}

const TSCONFIG = {
  compilerOptions: {
    target: 'ES2023',
    module: 'NodeNext',
    // Without the browser's, which no kind names, a run costs half.
    lib: ['ES2023'],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  },
  files: ['objects.ts'],
};

function duplicates(cluster: string, objects: readonly ManifestObject[]): readonly Finding[] {
  const seen = new Set<string>();
  return objects.flatMap(object => {
    const group = object.apiVersion.includes('/') ? object.apiVersion.split('/')[0] : '';
    const key = `${group} ${nameOf(object)}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ code: 'duplicate', place: cluster, message: `${nameOf(object)} is applied twice` }];
  });
}

interface Model {
  validate(): void;
}
type ModelClass = new (data: ManifestObject) => Model;

/** Leaves out what was found in order before. */
async function invalid(cluster: string, objects: readonly ManifestObject[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const object of objects) {
    const key = jsonOf(object);
    if (valid.has(key)) continue;
    const model = modelOf(object);
    if (model === null) continue;
    const module = (await import(`${model}/${object.kind}`)) as Record<string, ModelClass>;
    const Kind = module[object.kind];
    if (Kind === undefined) throw new Error(`${model} has no class ${object.kind}`);
    try {
      new Kind(object).validate();
      valid.add(key);
    } catch (error) {
      findings.push({ code: 'invalid', place: `${cluster}: ${nameOf(object)}`, message: String(error) });
    }
  }
  return findings;
}
