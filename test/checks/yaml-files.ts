/** Reads the YAML files of a tree as every reader would: the same under YAML 1.1 (kubectl, Helm, Go) and 1.2. */
import { isDeepStrictEqual } from 'node:util';
import {
  Composer,
  type CST,
  type Document,
  isScalar,
  Parser,
  parseAllDocuments,
  parseDocument,
  visit,
} from 'yaml';
import type { FileTree } from '../../src/files/tree.ts';
import type { Finding } from './finding.ts';
import { once } from './once.ts';
import { readWritten } from './written-yaml.ts';

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

const read = new Map<string, Reading>();

/** Trees that differ in one file share all others, so what was read once is kept. Nobody changes what is handed out. */
export function documentsOf(text: string): readonly unknown[] {
  return readingOf(text).documents;
}

interface Reading {
  /** As YAML 1.1. */
  readonly documents: readonly unknown[];
  readonly isSameInBoth: boolean;
}

function readingOf(text: string): Reading {
  const known = read.get(text) ?? together(partsOf(text).map(partReading)) ?? anew(text);
  read.set(text, known);
  return known;
}

/** Null unless each part is one document without a mistake. */
function together(parts: readonly (Reading | null)[]): Reading | null {
  const whole = parts.flatMap(part => (part?.documents.length === 1 ? [part] : []));
  if (whole.length < parts.length) return null;
  return {
    documents: whole.flatMap(part => part.documents),
    isSameInBoth: whole.every(part => part.isSameInBoth),
  };
}

/** The documents of a file, since files share them; without the comments before each, which name records of one stack. */
export function partsOf(text: string): readonly string[] {
  if (/^(?:%|\.\.\.|---[^\n])/m.test(text)) return [text];
  const [first = '', ...more] = text
    .split(/^---$/m)
    .map((part, index) => part.replace(index === 0 ? LEADING : LEADING_AFTER, ''));
  return first === '' && more.length > 0 ? more : [first, ...more];
}
const LEADING = /^(?:#.*\n|\n)*/;
const LEADING_AFTER = /^\n(?:#.*\n|\n)*/;

const parts = new Map<string, Reading | null>();

function partReading(part: string): Reading | null {
  const known = parts.get(part);
  if (known !== undefined) return known;
  const written = readWritten(part);
  const made = written === undefined ? readByLibrary(part) : { documents: [written], isSameInBoth: true };
  parts.set(part, made);
  return made;
}

function readByLibrary(part: string): Reading | null {
  const tokens = [...new Parser().parse(part)];
  const composed = composedOf(tokens, '1.1');
  return composed === null ? null : readingIn(part, tokens, composed);
}

/** Composed a second time only where a scalar may say something else under YAML 1.2, or a tag stands in the part. */
function readingIn(
  part: string,
  tokens: readonly CST.Token[],
  composed: readonly Document[],
): Reading | null {
  const documents = valuesOf(composed);
  if (!/(?:^|[\s[{,])!/.test(part) && composed.every(hasPlainTexts)) return { documents, isSameInBoth: true };
  const others = composedOf(tokens, '1.2');
  if (others === null) return null;
  return { documents, isSameInBoth: isDeepStrictEqual(documents, valuesOf(others)) };
}

/** Whether each scalar without quotes is the same in both versions, and none of them merges. */
function hasPlainTexts(document: Document): boolean {
  let are = true;
  visit(document, {
    Scalar(_, { type, source = '' }) {
      if (type !== 'PLAIN' || !SPECIAL.test(source) || isSameScalar(source)) return undefined;
      are = false;
      return visit.BREAK;
    },
  });
  return are;
}
/** Numbers, dates, merges, null and truth: all other scalars are texts in both versions. */
const SPECIAL = /^(?:[-+.\d<~=]|(?:|y|n|yes|no|on|off|true|false|null)$)/i;

const scalars = new Map<string, boolean>([['<<', false]]);

function isSameScalar(source: string): boolean {
  const known = scalars.get(source);
  if (known !== undefined) return known;
  const [one, other] = (['1.1', '1.2'] as const).map(version => parseDocument(source, { version }));
  const found =
    one?.errors.length === 0 && isScalar(one.contents) && isDeepStrictEqual(one.toJS(), other?.toJS());
  scalars.set(source, found);
  return found;
}

/** Null where anything is wrong. */
function composedOf(tokens: readonly CST.Token[], version: '1.1' | '1.2'): readonly Document[] | null {
  const documents = [...new Composer({ ...STRICT, version }).compose(tokens)];
  return documents.some(({ errors }) => errors.length > 0) ? null : documents;
}

const valuesOf = (documents: readonly Document[]): readonly unknown[] =>
  documents.map(document => document.toJS() as unknown);
const STRICT = { strict: true, uniqueKeys: true } as const;

/** The whole text, so that a mistake has its line. */
function anew(text: string): Reading {
  const documents = parseDocuments(text, '1.1');
  return { documents, isSameInBoth: isDeepStrictEqual(documents, parseDocuments(text, '1.2')) };
}

function parseDocuments(text: string, version: '1.1' | '1.2'): readonly unknown[] {
  const documents = parseAllDocuments(text, { ...STRICT, version });
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
    return readingOf(text).isSameInBoth
      ? null
      : { code: 'yaml-versions', message: 'reads differently under YAML 1.1 and 1.2' };
  } catch (error) {
    return { code: 'yaml', message: String(error) };
  }
}

/** Objects of Kubernetes as they stand in the files, kustomization.yaml and values left out. */
export const manifestsOf = once((tree: FileTree): readonly Manifest[] =>
  [...tree].flatMap(([file, text]) =>
    YAML.test(file) && /^(?:apps|bootstrap|clusters|delivery|platform|platform-config)\//.test(file)
      ? documentsOf(text).flatMap(object => (isManifest(object) ? [{ file, object }] : []))
      : [],
  ),
);

/** Objects by kind, which most checks ask for: of a cluster there are hundreds. */
const byKind = once((objects: readonly ManifestObject[]): ReadonlyMap<string, readonly ManifestObject[]> => {
  const kinds = new Map<string, ManifestObject[]>();
  for (const object of objects) {
    const known = kinds.get(object.kind);
    if (known === undefined) kinds.set(object.kind, [object]);
    else known.push(object);
  }
  return kinds;
});

export function ofKind(objects: readonly ManifestObject[], kind: string): readonly ManifestObject[] {
  return byKind(objects).get(kind) ?? [];
}

/** An object as JSON, which several checks look through. Nobody changes an object that was read. */
export const jsonOf = once((object: ManifestObject): string => JSON.stringify(object));

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
