/** What is known of a chart: its version, its default values with those of its sub-charts, its schema. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Document, isMap, parse, parseDocument, stringify } from 'yaml';

const CHARTS = resolve(import.meta.dirname, '../../../shared/charts');
/** Names of values that were read by hand, one file for each chart that the collection lacks. */
const READ = resolve(import.meta.dirname, '../charts');

/** Where a chart is published under another name than its folder has. */
const FOLDER_OF: Readonly<Record<string, string>> = {
  base: 'istio-base',
  cni: 'istio-cni',
  gateway: 'istio-gateway',
  'gateway-helm': 'envoy-gateway',
  'gateway-crds-helm': 'envoy-gateway-crds',
  'kubernetes-ingress': 'haproxy-kubernetes-ingress',
};

/** One values.yaml and where its values end up below those of the whole chart. */
export interface Defaults {
  readonly prefix: readonly string[];
  readonly document: Document.Parsed;
  readonly text: string;
}
export interface Chart {
  readonly version: string;
  /** The chart's own first, sub-charts after it: theirs is the last word on what is open below their name. */
  readonly defaults: readonly Defaults[];
  readonly schema: Readonly<Record<string, unknown>> | null;
}

interface ChartFile {
  readonly version: string;
  readonly dependencies?: readonly { readonly name: string; readonly alias?: string }[];
}

const known = new Map<string, Chart | null>();

/** `reference` is a name or a URL that ends in one. Null where nothing is known of it. */
export function chartOf(reference: string): Chart | null {
  const name = basename(reference);
  const chart = known.has(name) ? (known.get(name) ?? null) : read(name);
  known.set(name, chart);
  return chart;
}

function read(name: string): Chart | null {
  const folder = join(CHARTS, FOLDER_OF[name] ?? name);
  if (!existsSync(join(folder, 'values.yaml'))) return readByHand(join(READ, `${name}.yaml`));
  const { version } = chartFile(folder);
  const schemaFile = join(folder, 'values.schema.json');
  const schema = existsSync(schemaFile) ? JSON.parse(readFileSync(schemaFile, 'utf8')) : null;
  return { version, defaults: defaultsIn(folder, []), schema };
}

function readByHand(file: string): Chart | null {
  if (!existsSync(file)) return null;
  const { version, values } = parse(readFileSync(file, 'utf8')) as { version: string; values: object };
  const text = stringify(values);
  return { version, defaults: [{ prefix: [], document: parseDocument(text), text }], schema: null };
}

function chartFile(folder: string): ChartFile {
  return parse(readFileSync(join(folder, 'Chart.yaml'), 'utf8')) as ChartFile;
}

function defaultsIn(folder: string, prefix: readonly string[]): readonly Defaults[] {
  const text = withoutEnvelope(readFileSync(join(folder, 'values.yaml'), 'utf8'));
  const below = (chartFile(folder).dependencies ?? []).flatMap(({ name, alias }) => {
    const sub = join(CHARTS, name);
    return existsSync(join(sub, 'values.yaml')) ? defaultsIn(sub, [...prefix, alias ?? name]) : [];
  });
  return [{ prefix, document: parseDocument(text), text }, ...below];
}

/** Istio's charts wrap their defaults and unwrap them while rendering: nobody sets the wrapper. */
function withoutEnvelope(text: string): string {
  const wrapper = /^_internal_defaults_do_not_set:\n/m;
  return wrapper.test(text) ? text.replace(wrapper, '').replace(/^ {2}/gm, '') : text;
}

/** The defaults as one object, as Helm merges them before it looks at the schema. */
export function mergedDefaults({ defaults }: Chart): Record<string, unknown> {
  let merged: Record<string, unknown> = {};
  for (const { prefix, document } of [...defaults].reverse()) {
    const own = isMap(document.contents) ? (document.toJS() as Record<string, unknown>) : {};
    const placed = prefix.reduceRight<Record<string, unknown>>((value, key) => ({ [key]: value }), own);
    merged = mergeValues(merged, placed);
  }
  return merged;
}

/** As Helm does it: maps are merged, everything else is replaced, null takes a default away. */
export function mergeValues(
  under: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    if (isObject(before) && isObject(value)) merged[key] = mergeValues(before, value);
    else if (value === null && before !== undefined) delete merged[key];
    else merged[key] = value;
  }
  return merged;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
