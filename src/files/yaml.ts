/**
 * Writes YAML that every reader understands alike: 1.1 (kubectl, Helm, Go, PyYAML) and 1.2, in block style, without
 * anchors. A serialiser of its own: only plain data is written, and the quoting has to be stricter than any one version of
 * YAML asks for.
 */
import { commentLines, hasUnprintable, hexadecimal, replaceUnprintable } from './unprintable.ts';

export interface YamlOptions {
  /** Goes to the top of the file; may have several lines. */
  readonly comment?: string;
}

/** One file of one or more documents; keys stay in the order given. Values are plain JSON data; `undefined` is left out. */
export function writeYaml(documents: readonly unknown[], options: YamlOptions = {}): string {
  const comment = options.comment === undefined ? '' : `${yamlComment(options.comment)}\n`;
  return documents.reduce<string>(
    (text, document) => `${text}---\n${node(document, '', '').trimStart()}\n`,
    comment,
  );
}

/** Comment lines, `# ` before each, without a line feed at the end. */
export function yamlComment(text: string): string {
  return commentLines(text)
    .map(line => (line === '' ? '#' : `# ${line}`))
    .join('\n');
}

/** One string as a scalar that may stand anywhere on a line, in a flow list too: plain where nothing can misread it. */
export function yamlString(text: string): string {
  return isPlain(text) && !/[,[\]{}]/.test(text) ? text : quoted(text);
}

/**
 * What follows `key:`, `-` or the start of a document: a space and a scalar, or lines of their own, the first of which
 * begins with `lead`.
 */
function node(value: unknown, indent: string, lead: string): string {
  if (value === null || typeof value === 'boolean') return ` ${value}`;
  if (typeof value === 'string') return ` ${scalar(value, indent)}`;
  if (typeof value === 'number' && Number.isFinite(value)) return ` ${number(value)}`;
  if (Array.isArray(value)) return list(value, indent, lead);
  if (isPlainObject(value)) return map(value, indent, lead);
  throw new Error(`only plain data can be written as YAML, not ${String(value)}`);
}

function map(value: object, indent: string, lead: string): string {
  let text = '';
  const below = `${indent}  `;
  const next = `\n${indent}`;
  for (const key in value) {
    const item = (value as Record<string, unknown>)[key];
    if (item === undefined) continue;
    text += `${text === '' ? lead : next}${keyOf(key)}:${node(item, below, `\n${below}`)}`;
  }
  return text === '' ? ' {}' : text;
}

/** Keys are few, and the same ones come again and again. */
const keys = new Map<string, string>();

function keyOf(text: string): string {
  const known = keys.get(text);
  if (known !== undefined) return known;
  if (text.length > 1000) throw new Error('a key of a YAML map has at most 1000 characters');
  const key = isPlain(text) ? text : quoted(text);
  keys.set(text, key);
  return key;
}

function list(items: readonly unknown[], indent: string, lead: string): string {
  let text = '';
  const below = `${indent}  `;
  const next = `\n${indent}`;
  for (const item of items) {
    // A map or a list within a list begins on the line of its dash.
    text += `${text === '' ? lead : next}-${node(item ?? null, below, ' ')}`;
  }
  return text === '' ? ' []' : text;
}

function number(value: number): string {
  // In YAML 1.1 an exponent without a point does not make a number.
  return String(value).replace(/^(-?\d+)e/, '$1.0e');
}

function scalar(text: string, indent: string): string {
  if (isPlain(text)) return text;
  if (indent === '' || !isBlock(text)) return quoted(text);
  const head = text.endsWith('\n') ? '|' : '|-';
  const lines = text.replace(/\n$/, '').split('\n');
  return [head, ...lines.map(line => (line === '' ? '' : indent + line))].join('\n');
}

/** Plain where neither a version of YAML nor a reader of one can take the text for anything but itself. */
function isPlain(text: string): boolean {
  // Most texts are names and paths: one look is enough for these.
  if (/^[a-z][a-z0-9_./-]*$/i.test(text)) return !WORD.test(text);
  if (!/^(?:\.{1,2}\/|[^-?:,[\]{}#&*!|>'"%@`\s.~=<])[^\s]*(?: [^\s#][^\s]*)*$/.test(text)) return false;
  return !/: |:$/.test(text) && !hasUnprintable(text) && !WORD.test(text) && !NUMBER.test(text);
}
const WORD = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
/** Whatever looks like a number or a date to YAML 1.1, to YAML 1.2 or to Go (`0o_7`, `1_0`, `1:30`). */
const NUMBER = /^[-+.]*[0-9][-+0-9a-fox_.:tz ]*$/i;

/** Several lines that need neither an escape nor a hint about their indentation. */
function isBlock(text: string): boolean {
  if (!/^[^\s].*\n/.test(text) || /\n\n$/.test(text) || /^\s+$/m.test(text)) return false;
  return !hasUnprintable(text.replace(/[\n\t]/g, '')) && !/[\u00a0\u2000-\u200a]/.test(text);
}

function quoted(text: string): string {
  return replaceUnprintable(JSON.stringify(text), (_character, codePoint) => {
    if (codePoint <= 0xff) return `\\x${hexadecimal(codePoint, 2)}`;
    return codePoint <= 0xffff ? `\\u${hexadecimal(codePoint, 4)}` : `\\U${hexadecimal(codePoint, 8)}`;
  });
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
