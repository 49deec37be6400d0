/** Changes of a YAML map as replacements in its text. */
import {
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Pair,
  Parser,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { isSame, type Section } from './plain.ts';
import { inlineValue } from './yaml-value.ts';

export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The text after all splices; of two at one place, the later one in the list ends up first. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let result = text;
  for (const { from, to, insert } of splices.toSorted((a, b) => b.from - a.from)) {
    result = result.slice(0, from) + insert + result.slice(to);
  }
  return result;
}

/** Null where the map is written in a way that this does not know. */
export function changeMap(
  text: string,
  map: YAMLMap,
  before: Section,
  after: Section,
): readonly Splice[] | null {
  const splices: Splice[] = [];
  const removed = Object.keys(before).filter(key => !(key in after));
  if (map.flow && removed.length > 0) return wholeFlowMap(text, map, after);
  for (const key of removed) {
    const pair = pairOf(map, key);
    if (!pair) return null;
    splices.push(removeLines(text, pair));
  }
  const added: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(after)) {
    if (!(key in before)) {
      added[key] = value;
    } else if (!isSame(before[key], value)) {
      const pair = pairOf(map, key);
      if (!pair) return null;
      splices.push(replaceValue(text, pair, value));
    }
  }
  if (Object.keys(added).length > 0) splices.unshift(addPairs(text, map, added));
  return splices;
}

export function pairOf(map: YAMLMap, key: string): Pair<Scalar> | undefined {
  const pair = map.items.find(item => isScalar(item.key) && item.key.value === key);
  return pair && isScalar(pair.key) ? (pair as Pair<Scalar>) : undefined;
}

/** The place after the last line of a pair, its comment at the end of the line included. */
export function afterPair(text: string, pair: Pair<Scalar>): number {
  const end = pairEnd(text, pair);
  if (text[end - 1] === '\n') return end;
  const lineFeed = text.indexOf('\n', end);
  return lineFeed < 0 ? text.length : lineFeed + 1;
}

/** Lines to put in at a place where a line begins or the text ends. */
export function linesAt(text: string, at: number, lines: string): Splice {
  const feed = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = at > 0 && text[at - 1] !== '\n' ? '\n' : '';
  return { from: at, to: at, insert: (gap + lines).replaceAll('\n', feed) };
}

function wholeFlowMap(text: string, map: YAMLMap, after: Section): readonly Splice[] | null {
  const [from, to] = map.range ?? [0, 0];
  return text.slice(from, to).includes('#') ? null : [{ from, to, insert: inlineValue(after) }];
}

function addPairs(text: string, map: YAMLMap, added: Section): Splice {
  const last = map.items.at(-1) as Pair<Scalar> | undefined;
  const entries = Object.entries(added).map(([key, value]) => `${key}: ${inlineValue(value)}`);
  if (map.flow) {
    const at = last ? pairEnd(text, last) : (map.range?.[0] ?? 0) + 1;
    return { from: at, to: at, insert: (last ? ', ' : '') + entries.join(', ') };
  }
  const first = (map.items[0]?.key as Scalar | undefined)?.range?.[0] ?? 0;
  const indent = ' '.repeat(first - (text.lastIndexOf('\n', first - 1) + 1));
  const at = last ? afterPair(text, last) : text.length;
  return linesAt(text, at, entries.map(entry => `${indent}${entry}\n`).join(''));
}

function removeLines(text: string, pair: Pair<Scalar>): Splice {
  const start = text.lastIndexOf('\n', (pair.key.range?.[0] ?? 0) - 1) + 1;
  return { from: start, to: afterPair(text, pair), insert: '' };
}

function replaceValue(text: string, pair: Pair<Scalar>, value: unknown): Splice {
  const colon = colonOf(text, pair);
  const node = pair.value;
  const start = isNode(node) ? (node.range?.[0] ?? colon + 1) : colon + 1;
  const end = pairEnd(text, pair);
  const isInline = isScalar(node)
    ? !/^BLOCK/.test(node.type ?? '')
    : isCollection(node) && node.flow === true;
  if (isInline && end > start) return { from: start, to: end, insert: inlineValue(value) };
  // A block of lines becomes one line; the comments in it stay, the first one behind the value if it stood there.
  const to = text[end - 1] === '\n' ? end - 1 : end;
  const indent = ' '.repeat((pair.key.range?.[0] ?? 0) - (text.lastIndexOf('\n', colon) + 1));
  const comments = commentsBetween(text, colon + 1, to).map(({ at, source }) =>
    text.slice(colon, at).includes('\n') ? `\n${indent}${source}` : ` ${source}`,
  );
  return { from: colon + 1, to, insert: ` ${inlineValue(value)}${comments.join('')}` };
}

function colonOf(text: string, pair: Pair<Scalar>): number {
  return text.indexOf(':', pair.key.range?.[1] ?? 0);
}

/** Where the last character of the key, colon or value stands, comments after it left out. */
function pairEnd(text: string, pair: Pair<Scalar>): number {
  return contentEnd(text, pair.value) ?? colonOf(text, pair) + 1;
}

function contentEnd(text: string, node: unknown): number | null {
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1);
    return last && isScalar(last.key) ? pairEnd(text, last as Pair<Scalar>) : (node.range?.[1] ?? null);
  }
  if (isSeq(node) && !node.flow) return contentEnd(text, node.items.at(-1)) ?? node.range?.[1] ?? null;
  if (!isNode(node) || !node.range || node.range[0] === node.range[1]) return null;
  return node.range[1];
}

function commentsBetween(text: string, from: number, to: number): readonly { at: number; source: string }[] {
  const found: { at: number; source: string }[] = [];
  const visit = (token: unknown): void => {
    if (typeof token !== 'object' || token === null) return;
    if ('type' in token && token.type === 'comment' && 'offset' in token && 'source' in token) {
      const at = Number(token.offset);
      if (at >= from && at < to) found.push({ at, source: String(token.source).trimEnd() });
      return;
    }
    for (const part of Object.values(token)) {
      if (typeof part === 'object') visit(part);
    }
  };
  for (const token of new Parser().parse(text)) visit(token);
  return found.toSorted((a, b) => a.at - b.at);
}
