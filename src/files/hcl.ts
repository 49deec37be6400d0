/**
 * Writes HCL (Terraform, OpenTofu) in the form of `terraform fmt`. User text enters as a string value only; code is
 * written with the `hcl` template tag, which turns every interpolated value into a literal.
 */
import { commentLines, hexadecimal, replaceUnprintable } from './unprintable.ts';

/** An expression, `var.region` or `jsonencode(…)`; made by the `hcl` tag. */
export interface HclExpression {
  readonly kind: 'expression';
  readonly code: string;
}
export type HclValue =
  | string
  | number
  | boolean
  | null
  | HclExpression
  | readonly HclValue[]
  | { readonly [key: string]: HclValue };

export interface HclAttribute {
  readonly kind: 'attribute';
  readonly name: string;
  readonly value: HclValue;
}
export interface HclBlock {
  readonly kind: 'block';
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: HclBody;
}
/** Lines that begin with `#`. */
export interface HclComment {
  readonly kind: 'comment';
  readonly text: string;
}
/** An empty line; blocks are set apart by one anyway. */
export interface HclGap {
  readonly kind: 'gap';
}
export type HclBody = readonly (HclAttribute | HclBlock | HclComment | HclGap)[];

/** A whole file. */
export function writeHcl(body: HclBody): string {
  return `${bodyLines(body).join('\n')}\n`;
}

/** Code with values in it: ``hcl`cidrsubnet(${'10.0.0.0/16'}, 4, count.index)` ``. Values become literals, expressions stay. */
export function hcl(code: TemplateStringsArray, ...values: readonly HclValue[]): HclExpression {
  let text = code[0] ?? '';
  for (const [index, value] of values.entries()) {
    const [indent] = /^ */.exec(text.slice(text.lastIndexOf('\n') + 1)) ?? [''];
    // An empty line stays empty.
    text += hclValue(value).replaceAll(/\n(?=[^\n])/g, `\n${indent}`) + (code[index + 1] ?? '');
  }
  return { kind: 'expression', code: text };
}

/** Code as it stands, where a template or a value takes an expression. */
export function hclCode(code: string): HclExpression {
  return { kind: 'expression', code };
}

export function attribute(name: string, value: HclValue): HclAttribute {
  if (!isHclIdentifier(name)) throw new Error(`not an HCL identifier: ${name}`);
  return { kind: 'attribute', name, value };
}
/** Several attributes in the order of their keys. */
export function attributes(values: Readonly<Record<string, HclValue>>): readonly HclAttribute[] {
  return Object.entries(values).map(([name, value]) => attribute(name, value));
}
export function block(type: string, labels: readonly string[], body: HclBody): HclBlock {
  if (!isHclIdentifier(type)) throw new Error(`not an HCL identifier: ${type}`);
  // `terraform fmt` drops labels with a template in them, escaped or not; labels are names and need none.
  const label = labels.find(text => !/^[A-Za-z0-9_./-]+$/.test(text));
  if (label !== undefined) throw new Error(`not a label of an HCL block: ${label}`);
  return { kind: 'block', type, labels, body };
}
export function comment(text: string): HclComment {
  return { kind: 'comment', text };
}
export const gap: HclGap = { kind: 'gap' };

/** A value as HCL code; the lines after the first are indented relative to the line that it starts on. */
function hclValue(value: HclValue): string {
  return valueLines(value).join('\n');
}

/** A quoted string; `${` and `%{` are escaped, so nothing in it is evaluated. */
export function hclString(text: string): string {
  const escaped = text
    .replace(/[\\"]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/([$%]*)([$%])\{/g, (_all, before: string, sign: string) => {
      // After another sign of its kind a doubled sign would be read in pairs.
      return before.endsWith(sign)
        ? `${before}\\u00${sign === '$' ? '24' : '25'}{`
        : `${before}${sign}${sign}{`;
    });
  const visible = replaceUnprintable(escaped, (_character, codePoint) =>
    codePoint <= 0xffff ? `\\u${hexadecimal(codePoint, 4)}` : `\\U${hexadecimal(codePoint, 8)}`,
  );
  return `"${visible}"`;
}

export function isHclIdentifier(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(text);
}

/** A name of resources and variables made of text: lower case, underscores, never empty. */
export function hclIdentifier(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^[a-z]/.test(name) ? name : `_${name}`;
}

type Entry = { readonly lead: string; readonly lines: readonly string[] };

function bodyLines(body: HclBody): readonly string[] {
  const lines: string[] = [];
  let before: HclBody[number]['kind'] | null = null;
  let index = 0;
  while (index < body.length) {
    const item = body[index];
    if (item === undefined) break;
    const apart =
      before !== null &&
      before !== 'gap' &&
      before !== 'comment' &&
      (item.kind === 'block' || before === 'block');
    if (apart && item.kind !== 'gap') lines.push('');
    if (item.kind === 'gap') {
      if (before !== null && before !== 'gap' && index < body.length - 1) lines.push('');
    } else if (item.kind === 'comment') {
      lines.push(...commentLines(item.text).map(line => (line === '' ? '#' : `# ${line}`)));
    } else if (item.kind === 'block') {
      lines.push(...blockLines(item));
    } else {
      const group: Entry[] = [];
      for (let next = body[index]; next?.kind === 'attribute'; next = body[++index]) {
        group.push({ lead: next.name, lines: valueLines(next.value) });
      }
      index--;
      lines.push(...alignedLines(group));
    }
    before = item.kind;
    index++;
  }
  return lines;
}

function blockLines({ type, labels, body }: HclBlock): readonly string[] {
  const head = [type, ...labels.map(hclString)].join(' ');
  return body.length === 0 ? [`${head} {}`] : [`${head} {`, ...indented(bodyLines(body)), '}'];
}

/** `name = value` lines; neighbours that fit on one line have their `=` below each other, as `terraform fmt` has it. */
function alignedLines(entries: readonly Entry[]): readonly string[] {
  const lines: string[] = [];
  let start = 0;
  while (start < entries.length) {
    let end = start;
    while (end < entries.length && entries[end]?.lines.length === 1) end++;
    const width = Math.max(0, ...entries.slice(start, end).map(entry => columns(entry.lead)));
    for (const { lead, lines: value } of entries.slice(start, end))
      lines.push(`${lead}${' '.repeat(width - columns(lead))} = ${value[0]}`);
    const long = entries[end];
    if (long !== undefined) lines.push(`${long.lead} = ${long.lines[0]}`, ...long.lines.slice(1));
    start = end + 1;
  }
  return lines;
}

/** As `terraform fmt` counts them: graphemes. */
function columns(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : [...new Intl.Segmenter('en').segment(text)].length;
}

function valueLines(value: HclValue): readonly string[] {
  if (value === null || typeof value === 'boolean') return [String(value)];
  if (typeof value === 'string') return [hclString(value)];
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`HCL has no number ${value}`);
    return [String(value)];
  }
  if (isList(value)) return listLines(value);
  if (isExpression(value)) return value.code.split('\n');
  const entries = Object.entries(value).map(([key, item]) => ({
    lead: objectKey(key),
    lines: valueLines(item),
  }));
  return entries.length === 0 ? ['{}'] : ['{', ...indented(alignedLines(entries)), '}'];
}

function listLines(list: readonly HclValue[]): readonly string[] {
  const items = list.map(valueLines);
  const inline = `[${items.map(lines => lines[0]).join(', ')}]`;
  if (inline.length <= 80 && items.every(lines => lines.length === 1)) return [inline];
  return ['[', ...indented(items.flatMap(lines => [...lines.slice(0, -1), `${lines.at(-1)},`])), ']'];
}

/** A bare word where HCL reads it as text. */
function objectKey(key: string): string {
  return isHclIdentifier(key) && !/^(?:for|in|if|true|false|null)$/.test(key) ? key : hclString(key);
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map(line => (line === '' ? line : `  ${line}`));
}
function isList(value: HclValue): value is readonly HclValue[] {
  return Array.isArray(value);
}
function isExpression(value: HclValue): value is HclExpression {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === 'expression' &&
    'code' in value
  );
}
