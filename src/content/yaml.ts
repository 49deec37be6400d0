/** YAML text to plain data that knows its places. What a person can get wrong comes back as diagnostics. */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { findTooDeep } from './depth.ts';
import type { Diagnostic } from './diagnostic.ts';
import { checkCharacters } from './text.ts';

export type Path = readonly (string | number)[];
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
/** One parsed file. */
export interface Source {
  readonly file: string;
  /** Plain objects, arrays, strings, numbers, booleans and null. */
  readonly value: unknown;
  readonly document: Document;
  /** Where the value at a path stands; the nearest parent's place where there is no such value. */
  readonly at: (path: Path) => Place;
  /** Where the key that the path ends in stands. */
  readonly atKey: (path: Path) => Place;
  /** A scalar as it was written, for instance `1.30`; null for anything else. */
  readonly written: (path: Path) => string | null;
}
interface Read {
  /** Null where the text is not usable at all. */
  readonly source: Source | null;
  readonly diagnostics: readonly Diagnostic[];
}

const DEEPEST = 40;
const TOO_DEEP = { message: 'too many levels inside each other', help: 'Nothing here needs that many.' };
const MOST_ERRORS = 20;

export function readYaml(text: string, file: string): Read {
  const tooDeep = findTooDeep(text);
  if (tooDeep !== null) {
    const before = text.slice(0, tooDeep).split('\n');
    const place = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    return { source: null, diagnostics: [{ code: 'too-deep', ...place, ...TOO_DEEP }] };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
  });
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const diagnostics: Diagnostic[] = [];
  const report = (offset: number, code: string, message: string, help: string): void => {
    diagnostics.push({ code, ...placeOf(offset), message, help });
  };
  for (const error of document.errors.slice(0, MOST_ERRORS)) {
    report(
      error.pos[0],
      error.code === 'TAB_AS_INDENT' ? 'tab' : 'yaml',
      ...wording(error.code, error.message),
    );
  }
  if (document.directives?.yaml.explicit && document.directives.yaml.version !== '1.2') {
    report(0, 'yaml-version', 'the %YAML directive asks for another version', 'Remove it; YAML 1.2 is read.');
  }
  if (diagnostics.length > 0) return { source: null, diagnostics };
  const value = toPlain(document.contents, report);
  const source: Source = {
    file,
    value,
    document: document as Document,
    at: path => placeOf(startOf(find(document.contents, path, 'nearest')) ?? 0),
    atKey: path => {
      const parent = find(document.contents, path.slice(0, -1), 'exact');
      const pair = isMap(parent) ? pairsOf(parent).get(String(path.at(-1))) : undefined;
      return placeOf(startOf(pair?.key) ?? startOf(find(document.contents, path, 'nearest')) ?? 0);
    },
    written: path => {
      const node = find(document.contents, path, 'exact');
      return isScalar(node) ? (node.source ?? String(node.value)) : null;
    },
  };
  return { source, diagnostics };
}

type Report = (offset: number, code: string, message: string, help: string) => void;

function toPlain(root: unknown, report: Report): unknown {
  const convert = (node: unknown, depth: number): unknown => {
    if (node === null || node === undefined) return null;
    if (!isNode(node)) return null;
    const start = startOf(node) ?? 0;
    if (isAlias(node)) {
      report(start, 'alias', `the alias *${node.source} is not read`, 'Write the value out.');
      return null;
    }
    if (node.tag !== undefined && !isPlainTag(node)) {
      report(
        start,
        'tag',
        `the tag ${node.tag.replace('tag:yaml.org,2002:', '!!')} is not read`,
        'Remove the tag.',
      );
      return null;
    }
    if (depth > DEEPEST) {
      report(start, 'too-deep', TOO_DEEP.message, TOO_DEEP.help);
      return null;
    }
    if (isScalar(node)) return scalar(node, start, report);
    if (isSeq(node)) return node.items.map(item => convert(item, depth + 1));
    if (!isMap(node)) return null;
    const result: Record<string, unknown> = {};
    const seen = new Map<string, number>();
    for (const item of node.items) {
      const keyStart = startOf(item.key) ?? start;
      const key = keyText(item);
      if (key === null || key === '__proto__') {
        report(
          keyStart,
          'bad-key',
          'this key is not a word',
          'Keys are words; put quotes around it if it is meant as text.',
        );
        continue;
      }
      reportCharacters(key, keyStart, report);
      const value = convert(item.value, depth + 1);
      if (seen.has(key)) {
        report(keyStart, 'duplicate-key', `"${key}" is already written above`, 'Keep one of the two.');
        continue;
      }
      seen.set(key, keyStart);
      result[key] = value;
    }
    return result;
  };
  return convert(root, 0);
}

function scalar(node: Scalar, start: number, report: Report): unknown {
  const { value } = node;
  if (typeof value === 'string') {
    reportCharacters(value, start, report);
    return value;
  }
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  return String(value);
}

function reportCharacters(text: string, start: number, report: Report): void {
  const problem = checkCharacters(text);
  if (problem) report(start, problem.code, `this text ${problem.message}`, problem.help);
}

function isPlainTag(node: Node): boolean {
  return /^tag:yaml\.org,2002:(map|seq|str)$/.test(String(node.tag));
}

function keyText(pair: Pair): string | null {
  return isScalar(pair.key) && typeof pair.key.value === 'string' ? pair.key.value : null;
}

const pairsByMap = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

/** The pairs of a map by key, the first of each. */
function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const known = pairsByMap.get(map);
  if (known) return known;
  const pairs = new Map<string, Pair>();
  for (const pair of map.items) {
    const key = keyText(pair);
    if (key !== null && !pairs.has(key)) pairs.set(key, pair);
  }
  pairsByMap.set(map, pairs);
  return pairs;
}

function startOf(node: unknown): number | null {
  return isNode(node) && node.range ? node.range[0] : null;
}

function find(root: unknown, path: Path, mode: 'nearest' | 'exact'): unknown {
  let node: unknown = root;
  for (const step of path) {
    const next = isMap(node)
      ? pairsOf(node).get(String(step))?.value
      : isSeq(node) && /^\d+$/.test(String(step))
        ? node.items[Number(step)]
        : undefined;
    if (startOf(next) === null) return mode === 'exact' ? null : node;
    node = next;
  }
  return node;
}

function wording(code: string, message: string): [message: string, help: string] {
  if (code === 'TAB_AS_INDENT') return ['a tab is used to indent', 'Indent with spaces.'];
  if (code === 'MULTIPLE_DOCS') return ['a second document begins here', 'Keep one document in a file.'];
  const first = message.split('\n')[0] ?? message;
  return [first.charAt(0).toLowerCase() + first.slice(1), ''];
}
