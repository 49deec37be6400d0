/**
 * Reads YAML as src/files/yaml.ts writes it, line by line, in a small part of the time that the library takes. Anything
 * else it leaves to the library: what it does read, says the same under YAML 1.1 and 1.2 (written-yaml.test.ts).
 */

/** The value of one document; undefined where the library has to look. */
export function readWritten(text: string): unknown {
  if (!/^[\n -~]*\n$/.test(text)) return undefined;
  const document = { lines: text.split('\n'), at: 0 };
  try {
    const value = blockAt(document, 0);
    return skip(document) === null ? value : undefined;
  } catch (error) {
    if (error === OTHER) return undefined;
    throw error;
  }
}

/** Thrown where something stands there that is not read here. */
const OTHER = new Error('other YAML');

interface Lines {
  readonly lines: string[];
  at: number;
}

/** The next line that says something, null at the end. */
function skip(document: Lines): string | null {
  for (; document.at < document.lines.length; document.at++) {
    const line = document.lines[document.at] ?? '';
    if (!/^ *(?:#|$)/.test(line)) return line;
  }
  return null;
}

const indentOf = (line: string): number => line.search(/[^ ]/);

function blockAt(document: Lines, indent: number): unknown {
  const line = skip(document);
  if (line === null || indentOf(line) !== indent) throw OTHER;
  return line.startsWith('- ', indent) ? listAt(document, indent) : mapAt(document, indent);
}

function listAt(document: Lines, indent: number): readonly unknown[] {
  const items: unknown[] = [];
  for (let line = skip(document); line !== null && indentOf(line) >= indent; line = skip(document)) {
    if (indentOf(line) > indent || !line.startsWith('- ', indent)) throw OTHER;
    const rest = line.slice(indent + 2);
    if (rest.startsWith('- ') || ENTRY.test(rest)) {
      document.lines[document.at] = ' '.repeat(indent + 2) + rest;
      items.push(blockAt(document, indent + 2));
    } else {
      document.at++;
      items.push(valueAt(document, rest, indent));
    }
  }
  return items;
}

function mapAt(document: Lines, indent: number): object {
  const map: Record<string, unknown> = {};
  for (let line = skip(document); line !== null && indentOf(line) >= indent; line = skip(document)) {
    const [, written = '', rest] = ENTRY.exec(line.slice(indent)) ?? [];
    const key = written.startsWith('"') ? (JSON.parse(written) as string) : written;
    if (
      written === '' ||
      WORD.test(written) ||
      key === '__proto__' ||
      Object.hasOwn(map, key) ||
      key.length > 500
    )
      throw OTHER;
    document.at++;
    map[key] = rest === undefined ? below(document, indent) : valueAt(document, rest, indent);
  }
  return map;
}

const QUOTED = String.raw`"(?:[^"\\]|\\["\\/bfnrt])*"`;
const ENTRY = new RegExp(String.raw`^([A-Za-z_][\w./-]*(?::[\w./-]+)*|${QUOTED}):(?: (.*))?$`);
const ONLY_QUOTED = new RegExp(`^${QUOTED}$`);
const WORD = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/** What stands on lines of its own below a key. */
function below(document: Lines, indent: number): unknown {
  const line = skip(document);
  if (line === null || indentOf(line) <= indent) throw OTHER;
  return blockAt(document, indentOf(line));
}

/** What begins like this is a text: in words, a path, an amount with its unit, an address, minutes of a schedule. */
const TEXT =
  /^(?:[A-Za-z/$_(^]|\.{1,2}\/|[1-9]\d*(?:[dhms%]|[GKM][Bi]?)$|\d+(?:\.\d+){3}(?:\/\d+)?$|\d+ [^:]+$)/;

/** What stands on the line of its key or dash. */
function valueAt(document: Lines, text: string, indent: number): unknown {
  if (TEXT.test(text)) {
    if (text === 'true') return true;
    if (text === 'false') return false;
    if (text === 'null') return null;
    if (WORD.test(text) || /: | #|[: ]$/.test(text)) throw OTHER;
    return text;
  }
  if (ONLY_QUOTED.test(text)) return JSON.parse(text);
  if (/^(?:0|-?[1-9]\d{0,14})$/.test(text)) return Number(text);
  if (text === '{}') return {};
  if (text === '[]') return [];
  if (text === '|' || text === '|-') return linesBelow(document, text, indent);
  throw OTHER;
}

function linesBelow(document: Lines, head: '|' | '|-', indent: number): string {
  const { lines } = document;
  const depth = indentOf(lines[document.at] ?? '');
  if (depth <= indent) throw OTHER;
  const start = ' '.repeat(depth);
  const texts: string[] = [];
  for (; document.at < lines.length; document.at++) {
    const line = lines[document.at] ?? '';
    if (line !== '' && !line.startsWith(start)) break;
    if (/^ +$/.test(line)) throw OTHER;
    texts.push(line.slice(depth));
  }
  const next = lines[document.at];
  if (next !== undefined && (indentOf(next) === -1 || indentOf(next) > indent)) throw OTHER;
  while (texts.at(-1) === '') texts.pop();
  return texts.join('\n') + (head === '|' ? '\n' : '');
}
