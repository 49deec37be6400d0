/** Content folders to a checked catalogue: finds and reads the files. The only file of this room that touches the disk. */
import { closeSync, type Dirent, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue } from './catalogue.ts';
import type { Diagnostic } from './diagnostic.ts';
import { type ContentFile, compare } from './draft.ts';
import { type FileKind, type Resolved, resolve } from './resolve.ts';
import { readYaml } from './yaml.ts';

/** A pack: `root` contains `questions/`, `recommendations/`, or both. */
export interface ContentFolder {
  readonly name: string;
  readonly version: string;
  readonly root: string;
}

const LARGEST = 1024 * 1024;

/** Reads all folders as one; the catalogue is null where anything at all is wrong. */
export function loadCatalogue(folders: readonly ContentFolder[]): Resolved {
  const diagnostics: Diagnostic[] = [];
  const files: Record<FileKind, ContentFile[]> = {
    topic: [],
    decision: [],
    terms: [],
    facts: [],
    releases: [],
    preset: [],
    scenarios: [],
  };
  const names = new Set<string>();
  for (const folder of folders) {
    if (names.has(folder.name)) {
      const message = `a pack called "${folder.name}" is already loaded`;
      diagnostics.push(whole('duplicate-id', folder.root, message, 'Rename its folder.'));
    }
    names.add(folder.name);
    for (const { kind, name } of listFiles(folder.root, diagnostics)) {
      const text = readText(join(folder.root, name), diagnostics);
      if (text === null) continue;
      const { source, diagnostics: found } = readYaml(text, join(folder.root, name));
      diagnostics.push(...found);
      if (source) files[kind].push({ pack: folder.name, name, source });
    }
  }
  const packs: Catalogue['packs'] = folders.map(({ name, version }) => ({ name, version }));
  const resolved = resolve(files, packs);
  const first = sortByPlace(diagnostics, folders);
  const then = sortByPlace(resolved.diagnostics, folders);
  const isLost = first.some(({ code, line }) => line === 0 || STRUCTURAL.has(code));
  const all = withoutEchoes([...first, ...(isLost ? withoutDangling(then) : then)]);
  if (all.length === 0) return resolved;
  return { ...resolved, catalogue: null, scenarios: [], diagnostics: sortByPlace(all, folders) };
}

/** Where a file, or a part of one, could not be read, what refers into it is not to blame. */
function withoutDangling(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ code }) => !REFERENCES.has(code));
}

const REFERENCES = new Set(
  ['answer', 'decision', 'fact', 'option', 'preset', 'question', 'term', 'topic'].map(
    what => `unknown-${what}`,
  ),
);

/** One finding for one place and code; and none about the value where YAML itself is at fault. */
function withoutEchoes(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, file, line, column, message }) => {
    const place = `${file}:${line}:${column}`;
    const isEcho = seen.has(place) || seen.has(`${place}:${code}`);
    if (line > 0) seen.add(STRUCTURAL.has(code) ? place : `${place}:${ONCE.has(code) ? code : message}`);
    return !isEcho;
  });
}

/** What is said once of a place, however often it is found. */
const ONCE = new Set(['cycle', 'wrong-type']);

const STRUCTURAL = new Set(['alias', 'tag', 'too-deep', 'yaml', 'yaml-version', 'tab', 'bad-key']);

interface Found {
  readonly kind: FileKind;
  readonly name: string;
}

function listFiles(root: string, diagnostics: Diagnostic[]): readonly Found[] {
  const top = entriesOf(root, '', diagnostics);
  if (top === null) return [];
  const has = (name: string): boolean => top.some(entry => entry.name === name);
  if (!has('questions') && !has('recommendations')) {
    const help = 'A pack holds questions/, recommendations/ or both.';
    diagnostics.push(
      whole('missing-folder', root, 'there is neither questions/ nor recommendations/ here', help),
    );
    return [];
  }
  const found: Found[] = [];
  const add = (folder: string, kindOf: (name: string) => FileKind): readonly string[] => {
    const subfolders: string[] = [];
    for (const entry of entriesOf(root, folder, diagnostics) ?? []) {
      const name = `${folder}/${entry.name}`;
      if (entry.name.endsWith('.yaml')) found.push({ kind: kindOf(entry.name), name });
      else if (entry.name.endsWith('.yml')) {
        diagnostics.push(whole('unknown-file', join(root, name), 'this file is not read', 'Call it .yaml.'));
      } else if (entry.isDirectory() && !entry.name.startsWith('.')) subfolders.push(entry.name);
    }
    return subfolders;
  };
  const strange: string[] = [];
  if (has('questions')) strange.push(...add('questions', () => 'topic').map(name => `questions/${name}`));
  if (has('recommendations')) {
    for (const name of add('recommendations', kindOfRecommendation)) {
      const kind = SUBFOLDERS.get(name);
      const folder = `recommendations/${name}`;
      if (kind) strange.push(...add(folder, () => kind).map(inner => `${folder}/${inner}`));
      else strange.push(folder);
    }
  }
  for (const folder of strange) {
    const help =
      'Subfolders are recommendations/facts, recommendations/presets and recommendations/scenarios.';
    diagnostics.push(whole('unknown-file', join(root, folder), 'this folder is not read', help));
  }
  return found.sort((a, b) => compare(a.name, b.name));
}

const SUBFOLDERS: ReadonlyMap<string, FileKind> = new Map([
  ['facts', 'facts'],
  ['presets', 'preset'],
  ['scenarios', 'scenarios'],
]);

function kindOfRecommendation(name: string): FileKind {
  if (name === 'terms.yaml') return 'terms';
  return name === 'releases.yaml' ? 'releases' : 'decision';
}

function entriesOf(root: string, folder: string, diagnostics: Diagnostic[]): readonly Dirent[] | null {
  const path = join(root, folder);
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    diagnostics.push(whole('missing-folder', path, `this folder cannot be read: ${reasonOf(error)}`, ''));
    return null;
  }
}

/** The text of a regular file of at most 1 MB in UTF-8; null after the problem was reported. */
function readText(path: string, diagnostics: Diagnostic[]): string | null {
  const refuse = (code: string, message: string, help: string): null => {
    diagnostics.push(whole(code, path, message, help));
    return null;
  };
  let bytes: Uint8Array;
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return refuse('not-a-file', 'this is not a regular file', '');
    if (stat.size > LARGEST) return refuse('too-large', 'this file has more than 1 MB', 'Split it.');
    bytes = readBytes(path);
  } catch (error) {
    return refuse('unreadable', `this file cannot be read: ${reasonOf(error)}`, '');
  }
  if (bytes.length > LARGEST) return refuse('too-large', 'this file has more than 1 MB', 'Split it.');
  if (bytes.includes(0)) return refuse('binary', 'this file is not text', '');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('binary', 'this file is not text in UTF-8', 'Save it as UTF-8.');
  }
}

function readBytes(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const buffer = new Uint8Array(LARGEST + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = readSync(file, buffer, length, buffer.length - length, null);
    }
    return buffer.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission';
  if (code === 'ENOTDIR') return 'it is not a folder';
  return code === '' ? String(error) : code;
}

function whole(code: string, file: string, message: string, help: string): Diagnostic {
  return { code, file, line: 0, column: 0, message, help };
}

function sortByPlace(
  diagnostics: readonly Diagnostic[],
  folders: readonly ContentFolder[],
): readonly Diagnostic[] {
  const rank = ({ file }: Diagnostic): number => folders.findIndex(({ root }) => file.startsWith(root));
  return [...diagnostics].sort(
    (a, b) => rank(a) - rank(b) || compare(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
}
