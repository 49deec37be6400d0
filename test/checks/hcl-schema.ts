/** Holds one resource, data or provider block against its schema. */
import type { BlockSchema, NestedBlock, SchemaType } from '../provider-schemas/schema.ts';
import type { Json, JsonValue, Report } from './hcl.ts';

const META = new Set([
  'count',
  'for_each',
  'provider',
  'depends_on',
  'lifecycle',
  'provisioner',
  'connection',
  'alias',
]);

export function checkSchema(body: Json, schema: BlockSchema, place: string, report: Report): void {
  checkBlock(
    Object.fromEntries(Object.entries(body).filter(([key]) => !META.has(key))),
    schema,
    place,
    report,
  );
}

function checkBlock(body: Json, schema: BlockSchema, place: string, report: Report): void {
  const { dynamic = {}, ...fixed } = body;
  const generated = Object.entries(dynamic as Json);
  for (const [name, value] of Object.entries(fixed)) {
    const attribute = schema.attributes[name];
    const nested = schema.block_types[name];
    const here = `${place}.${name}`;
    if (nested !== undefined) checkNested(value, nested, here, report);
    else if (attribute === undefined) report(here, 'unknown-argument', `${here} does not exist`);
    else if (attribute.computed === true) report(here, 'read-only', `${here} is set by the provider`);
    else checkType(value, attribute.type, here, report);
  }
  for (const [name, blocks] of generated) {
    const nested = schema.block_types[name];
    const here = `${place}.${name}`;
    if (nested === undefined) report(here, 'unknown-argument', `${here} does not exist`);
    else {
      for (const block of blocks as readonly Json[]) {
        for (const content of (block.content ?? []) as readonly Json[]) {
          checkBlock(content, nested.block, here, report);
        }
      }
    }
  }
  const present = new Set([
    ...Object.keys(fixed).filter(name => fixed[name] !== null),
    ...generated.map(([name]) => name),
  ]);
  for (const [name, attribute] of Object.entries(schema.attributes)) {
    if (attribute.required === true && !present.has(name))
      report(`${place}.${name}`, 'missing-argument', `${place} lacks ${name}`);
  }
  for (const [name, nested] of Object.entries(schema.block_types)) {
    if ((nested.min_items ?? 0) > 0 && !present.has(name))
      report(`${place}.${name}`, 'missing-block', `${place} lacks a block ${name}`);
  }
}

function checkNested(value: JsonValue, nested: NestedBlock, place: string, report: Report): void {
  if (!Array.isArray(value) || value.some(item => !isObject(item))) {
    report(place, 'block-as-attribute', `${place} is a block, not an attribute`);
    return;
  }
  const limit = nested.nesting_mode === 'single' ? 1 : (nested.max_items ?? Number.POSITIVE_INFINITY);
  if (value.length > limit) report(place, 'too-many-blocks', `${place} may appear ${limit} time(s)`);
  for (const item of value as readonly Json[]) checkBlock(item, nested.block, place, report);
}

function checkType(value: JsonValue, type: SchemaType, place: string, report: Report): void {
  const wrong = (wanted: string) =>
    report(place, 'wrong-type', `${place} takes ${wanted}: ${JSON.stringify(value)}`);
  if (value === null || type === 'dynamic' || isExpression(value)) return;
  if (type === 'string') {
    if (typeof value === 'object') wrong('a string');
  } else if (type === 'number') {
    if (typeof value !== 'number' && !/^-?\d+(\.\d+)?$/.test(String(value))) wrong('a number');
  } else if (type === 'bool') {
    if (!/^(true|false)$/.test(String(value))) wrong('true or false');
  } else if (type[0] === 'object') {
    checkObject(value, type[1], place, report, wrong);
  } else if (type[0] === 'map') {
    if (!isObject(value)) wrong('a map');
    else for (const [key, item] of Object.entries(value)) checkType(item, type[1], `${place}.${key}`, report);
  } else if (!Array.isArray(value)) {
    wrong(`a ${type[0]}`);
  } else {
    for (const [index, item] of value.entries()) checkType(item, type[1], `${place}[${index}]`, report);
  }
}

function checkObject(
  value: JsonValue,
  fields: Readonly<Record<string, SchemaType>>,
  place: string,
  report: Report,
  wrong: (wanted: string) => void,
): void {
  if (!isObject(value)) {
    wrong('an object');
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    const type = fields[key];
    if (type === undefined) report(`${place}.${key}`, 'unknown-argument', `${place}.${key} does not exist`);
    else checkType(item, type, `${place}.${key}`, report);
  }
}

/** `name = [{ … }]` parses to the same as a block `name { … }`, so this is read off the text. */
export function checkWrittenAsBlock(
  text: string,
  kind: string,
  type: string,
  name: string,
  schema: BlockSchema,
  report: Report,
): void {
  const start = text.indexOf(`${kind} "${type}" "${name}" {`);
  if (start < 0) return;
  const end = text.indexOf('\n}', start);
  const body = text.slice(start, end < 0 ? undefined : end);
  const attributes = attributeNames(schema);
  for (const block of blockNames(schema)) {
    if (!attributes.has(block) && new RegExp(`^\\s+${block}\\s+=[\\s\\[]*\\{`, 'm').test(body))
      report(`${type}.${name}.${block}`, 'block-as-attribute', `${block} is a block, not an attribute`);
  }
}

function attributeNames(schema: BlockSchema): ReadonlySet<string> {
  const below = Object.values(schema.block_types).flatMap(nested => [...attributeNames(nested.block)]);
  return new Set([...Object.keys(schema.attributes), ...below]);
}
function blockNames(schema: BlockSchema): ReadonlySet<string> {
  const below = Object.values(schema.block_types).flatMap(nested => [...blockNames(nested.block)]);
  return new Set([...Object.keys(schema.block_types), ...below]);
}

export function isObject(value: JsonValue): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** True where Terraform evaluates something. */
export function isExpression(value: JsonValue): boolean {
  return typeof value === 'string' && /(?<![$%])[$%]\{/.test(value);
}
