/**
 * Which values a chart would silently ignore: paths that stand neither in its values.yaml (commented defaults included)
 * nor in its schema. Below an open map (`{}`, `[]`, null) everything may stand.
 */
import { isMap, isScalar, type YAMLMap } from 'yaml';
import { type Chart, type Defaults, isObject } from './chart.ts';

type Path = readonly string[];

/** `open` names values that are taken as they are, whatever stands in them, by the end of their path. */
export function unknownPaths(values: unknown, chart: Chart, open: readonly string[]): readonly string[] {
  return walk(values, [], chart, open).map(path => path.join('.'));
}

function walk(values: unknown, path: Path, chart: Chart, open: readonly string[]): readonly Path[] {
  if (!isObject(values)) return [];
  if (path.length > 0 && isOpen(path, chart)) return [];
  return Object.entries(values).flatMap(([key, value]) => {
    const here = [...path, key];
    if (open.some(end => `.${here.join('.')}`.endsWith(`.${end}`))) return [];
    if (isDefault(here, chart)) return walk(value, here, chart, open);
    if (isCommented(here, chart)) return [];
    const described = describedAt(here, chart);
    if (described.length === 0) return [here];
    return described.some(isClosed) ? walk(value, here, chart, open) : [];
  });
}

function below({ prefix }: Defaults, path: Path): Path | null {
  return prefix.every((key, index) => path[index] === key) ? path.slice(prefix.length) : null;
}

function isDefault(path: Path, { defaults }: Chart): boolean {
  return defaults.some(each => {
    const rest = below(each, path);
    if (rest === null) return each.prefix.join('.').startsWith(path.join('.'));
    return rest.length === 0 || each.document.hasIn(rest);
  });
}

/** The chart that a value belongs to says whether it takes anything: the last one that has it. */
function isOpen(path: Path, { defaults }: Chart): boolean {
  const owner = defaults.findLast(each => {
    const rest = below(each, path);
    return rest !== null && (rest.length === 0 || each.document.hasIn(rest));
  });
  if (owner === undefined) return false;
  const rest = below(owner, path) ?? [];
  const node = rest.length === 0 ? owner.document.contents : owner.document.getIn(rest, true);
  if (isMap(node)) return node.items.length === 0;
  return isScalar(node) ? node.value === null : true;
}

/** `# key:` at the column of the keys beside it. */
function isCommented(path: Path, { defaults }: Chart): boolean {
  const key = path.at(-1) ?? '';
  return defaults.some(({ document, text, ...each }) => {
    const rest = below({ document, text, ...each }, path.slice(0, -1));
    if (rest === null) return false;
    const node = rest.length === 0 ? document.contents : document.getIn(rest, true);
    if (!isMap(node)) return false;
    const pattern = new RegExp(`^ {0,${columnOf(node, text)}}# ?${escaped(key)}:`, 'm');
    return pattern.test(rest.length === 0 ? text : textOf(node, text));
  });
}

/** From the line after the key that it belongs to, so that comments before its first key are in it. */
function textOf(map: YAMLMap, text: string): string {
  const [start = 0, , end = text.length] = map.range ?? [];
  let from = text.lastIndexOf('\n', start) + 1;
  for (;;) {
    const before = text.lastIndexOf('\n', from - 2) + 1;
    if (from === 0 || !/^\s*(?:#.*)?$/.test(text.slice(before, from - 1))) return text.slice(from, end);
    from = before;
  }
}

function columnOf(map: YAMLMap, text: string): number {
  const start = map.range?.[0] ?? 0;
  return start - (text.lastIndexOf('\n', start - 1) + 1);
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

function describedAt(path: Path, { schema }: Chart): readonly Schema[] {
  if (schema === null) return [];
  let found: readonly Schema[] = [schema as Schema];
  for (const key of path) found = found.flatMap(each => propertyOf(each, key, schema));
  return found;
}

/** Says which keys it has; one that does not takes any. */
function isClosed({ $ref, properties, allOf, anyOf, oneOf }: Schema): boolean {
  return [$ref, properties, allOf, anyOf, oneOf].some(each => each !== undefined);
}

function propertyOf(schema: Schema, key: string, root: Readonly<Record<string, unknown>>): readonly Schema[] {
  const { $ref, properties = {}, patternProperties = {}, allOf = [], anyOf = [], oneOf = [] } = schema;
  const named = properties[key];
  const matching = Object.entries(patternProperties).flatMap(([pattern, each]) =>
    new RegExp(pattern).test(key) ? [each] : [],
  );
  const parts = [...allOf, ...anyOf, ...oneOf, ...($ref === undefined ? [] : referred($ref, root))];
  return [
    ...(named === undefined ? [] : [named]),
    ...matching,
    ...parts.flatMap(each => propertyOf(each, key, root)),
  ];
}

function referred(reference: string, root: Readonly<Record<string, unknown>>): readonly Schema[] {
  if (!reference.startsWith('#/')) return [];
  let node: unknown = root;
  for (const key of reference.slice(2).split('/')) node = isObject(node) ? node[key] : undefined;
  return isObject(node) ? [node as Schema] : [];
}
