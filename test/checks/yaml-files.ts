/** Reads the YAML files of a tree as every reader would: the same under YAML 1.1 (kubectl, Helm, Go) and 1.2. */
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import type { FileTree } from '../../src/files/tree.ts';
import type { Finding } from './finding.ts';

export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}
export interface Manifest {
  readonly file: string;
  readonly object: ManifestObject;
}

const YAML = /\.ya?ml$/;

const parsed = new Map<string, readonly unknown[]>();

/** Trees that differ in one file share all others, so what was read once is kept. Nobody changes what is handed out. */
export function documentsOf(text: string): readonly unknown[] {
  const known = parsed.get(text) ?? parseDocuments(text, '1.1');
  parsed.set(text, known);
  return known;
}

function parseDocuments(text: string, version: '1.1' | '1.2'): readonly unknown[] {
  const documents = parseAllDocuments(text, { version, strict: true, uniqueKeys: true });
  if (!Array.isArray(documents)) return [];
  return documents.map(document => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS() as unknown;
  });
}

/**
 * Every YAML file says the same under both versions of the language, without duplicate keys. Workflows are left out:
 * GitHub reads 1.2 alone, and their key `on` is no word in 1.1.
 */
export function checkYamlFiles(tree: FileTree): readonly Finding[] {
  return [...tree].flatMap(([file, text]) => {
    if (!YAML.test(file) || file.startsWith('.github/')) return [];
    const problem = problemOf(text);
    return problem === null ? [] : [{ ...problem, place: file }];
  });
}

const problems = new Map<string, Omit<Finding, 'place'> | null>();

function problemOf(text: string): Omit<Finding, 'place'> | null {
  const known = problems.get(text);
  if (known !== undefined) return known;
  const found = problemIn(text);
  problems.set(text, found);
  return found;
}

function problemIn(text: string): Omit<Finding, 'place'> | null {
  try {
    return isDeepStrictEqual(documentsOf(text), parseDocuments(text, '1.2'))
      ? null
      : { code: 'yaml-versions', message: 'reads differently under YAML 1.1 and 1.2' };
  } catch (error) {
    return { code: 'yaml', message: String(error) };
  }
}

/** Objects of Kubernetes as they stand in the files, kustomization.yaml and values left out. */
export function manifestsOf(tree: FileTree): readonly Manifest[] {
  return [...tree].flatMap(([file, text]) =>
    YAML.test(file) && /^(?:apps|bootstrap|clusters|delivery|platform|platform-config)\//.test(file)
      ? documentsOf(text).flatMap(object => (isManifest(object) ? [{ file, object }] : []))
      : [],
  );
}

export function isManifest(value: unknown): value is ManifestObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    'apiVersion' in value &&
    'kind' in value &&
    !String(value.apiVersion).startsWith('kustomize.config.k8s.io/') &&
    String(value.apiVersion) !== 'controller.config.cert-manager.io/v1alpha1'
  );
}

/** `Kind namespace/name`. */
export function nameOf({ kind, metadata }: ManifestObject): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}
