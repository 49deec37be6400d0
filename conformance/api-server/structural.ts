/**
 * Schemas of catalogues as an API server takes them in a CustomResourceDefinition. Catalogues close every object, where
 * the server wants to see for itself what is unknown, and spell out what may be a number or a text.
 */

interface Schema {
  readonly type?: unknown;
  readonly format?: unknown;
  readonly const?: unknown;
  readonly enum?: unknown;
  readonly pattern?: unknown;
  readonly minItems?: unknown;
  readonly minLength?: unknown;
  readonly required?: unknown;
  readonly properties?: Schemas;
  readonly items?: Schema;
  readonly additionalProperties?: unknown;
  readonly not?: Schema;
  readonly [key: string]: unknown;
}
type Schemas = Readonly<Record<string, Schema>>;

const ANYTHING = { 'x-kubernetes-preserve-unknown-fields': true };
/** Their parts say nothing of types. */
const JUNCTORS = ['allOf', 'anyOf', 'oneOf'];
/** Names in other scripts: a server knows no such format, and does not take a definition that speaks of it. */
const UNKNOWN_FORMAT = 'idn-hostname';
const NOT_FOR_SERVERS = [
  '$schema',
  '$id',
  'title',
  // Too slow for a server; a list that is a set says so in another way.
  'uniqueItems',
  'type',
  'const',
  'additionalProperties',
  'not',
  ...JUNCTORS,
];

/** The schema of a whole object: its name and labels are the server's own matter. */
export function structuralObject(schema: Schema): Schema {
  const { apiVersion: _, kind: __, metadata: ___, ...properties } = schema.properties ?? {};
  const required = listOf(schema.required).filter(name => String(name) in properties);
  const { type: ____, ...own } = structural({ ...schema, properties, required });
  return { ...own, type: 'object' };
}

function structural(schema: Schema): Schema {
  if (isIntOrString(schema)) return { 'x-kubernetes-int-or-string': true };
  const { properties, items, additionalProperties, not } = schema;
  const others = Object.entries(schema).filter(
    ([key, value]) =>
      !NOT_FOR_SERVERS.includes(key) &&
      !(key === 'required' && listOf(value).length === 0) &&
      !(key === 'format' && value === UNKNOWN_FORMAT),
  );
  const type = typeOf(schema);
  const isOpen = type === undefined || (type === 'object' && !properties && !isSchema(additionalProperties));
  return {
    ...Object.fromEntries(others),
    ...(type === undefined ? {} : { type }),
    ...(listOf(schema.type).includes('null') ? { nullable: true } : {}),
    ...('const' in schema ? { enum: [schema.const] } : {}),
    ...(properties === undefined ? {} : { properties: mapped(properties, structural) }),
    ...(items === undefined ? {} : { items: structural(items) }),
    // A server wants to know of every list what it holds.
    ...(type === 'array' && items === undefined ? { items: ANYTHING } : {}),
    ...(isSchema(additionalProperties) ? { additionalProperties: structural(additionalProperties) } : {}),
    ...(not === undefined ? {} : { not: valueOnly(not) }),
    ...junctors(schema),
    ...(isOpen ? ANYTHING : {}),
  };
}

function typeOf({ type, properties, items, additionalProperties, const: only }: Schema): unknown {
  if (Array.isArray(type)) return type.find(each => each !== 'null');
  if (type !== undefined) return type;
  if (properties !== undefined || isSchema(additionalProperties)) return 'object';
  if (items !== undefined) return 'array';
  return typeof only === 'string' || typeof only === 'boolean' ? typeof only : undefined;
}

/** Below a junctor only values are spoken of: what is required, and what is in a list. */
function valueOnly(schema: Schema): Schema {
  const { required, enum: values, pattern, minItems, minLength, properties, items, not } = schema;
  const own = {
    required,
    enum: 'const' in schema ? [schema.const] : values,
    pattern,
    minItems,
    minLength,
    properties: properties && mapped(properties, valueOnly),
    items: items && valueOnly(items),
    not: not && valueOnly(not),
  };
  const said = Object.entries(own).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(said), ...junctors(schema) };
}

function junctors(schema: Schema): Schema {
  return Object.fromEntries(
    JUNCTORS.filter(name => Array.isArray(schema[name])).map(name => [
      name,
      (schema[name] as readonly Schema[]).map(valueOnly),
    ]),
  );
}

function isIntOrString(schema: Schema): boolean {
  if (schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string') return true;
  return ['oneOf', 'anyOf'].some(name => {
    const types = listOf(schema[name]).map(part => (part as Schema).type);
    return types.includes('string') && (types.includes('integer') || types.includes('number'));
  });
}

function mapped(schemas: Schemas, change: (schema: Schema) => Schema): Schemas {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema)]));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
