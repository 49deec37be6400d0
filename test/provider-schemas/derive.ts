/**
 * Derives provider schemas, in the shape of `terraform providers schema -json`, from unpacked CDKTF provider packages.
 * Run by hand when {@link WANTED} changes; README.md beside this file says how. Nothing here runs in a test.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPEN_BLOCKS } from './open-blocks.ts';
import type { AttributeSchema, BlockSchema, NestedBlock, ProviderSchemas, SchemaType } from './schema.ts';
import { WANTED, type WantedProvider } from './wanted.ts';

interface Field {
  readonly name: string;
  /** The expression that turns the field into HCL: names the nested struct and whether it is a list of them. */
  readonly expression: string;
  readonly isBlock: boolean;
  readonly type: string;
  readonly storage: string;
}

const SIMPLE: Readonly<Record<string, SchemaType>> = { string: 'string', number: 'number', boolean: 'bool' };
const FIELD =
  /^\s+(\w+): \{\s+value: (.+),\s+isBlock: (true|false),\s+type: "(\w+)",\s+storageClassType: "(\w+)",\s+\},?$/gm;

/** One generated class: its compiled code and its type declarations. */
interface Source {
  readonly code: string;
  readonly types: string;
}

/** The nested structs of large resources lie in files of their own, and are called by way of their module. */
const STRUCTS = 'index-structs';
const BY_MODULE = /(?:\(0, )?\b(?:index_structs|structs\d+)_\d+\.(\w+)\)?(?=[(,])/g;

function readSource(folder: string): Source {
  const files = readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (!entry.isDirectory()) return [entry.name];
    return entry.name === STRUCTS ? readdirSync(join(folder, STRUCTS)).map(name => join(STRUCTS, name)) : [];
  });
  const read = (ending: string) =>
    files
      .filter(file => file.endsWith(ending))
      .sort()
      .map(file => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
  return { code: read('.js').replace(BY_MODULE, '$1'), types: read('.d.ts') };
}

function fieldsIn(body: string): Field[] {
  return [...body.matchAll(FIELD)].map(match => ({
    name: match[1] ?? '',
    expression: match[2] ?? '',
    isBlock: match[3] === 'true',
    type: match[4] ?? '',
    storage: match[5] ?? '',
  }));
}

/** The text from `start` to the first line that is `end`. */
function section(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  if (from < 0) throw new Error(`no ${start.trim()}`);
  return text.slice(from, text.indexOf(end, from));
}

/** Snake-case names of the fields of an interface, and whether each must be given (no question mark). */
function needsIn(types: string, interfaceName: string): ReadonlyMap<string, boolean> {
  const body = section(types, `export interface ${interfaceName} `, '\n}');
  const fields = body.matchAll(/#(\w+) \w+#\1\}(?:(?!\*\/)[\s\S])*\*\/\s+readonly (\w+)(\??):/g);
  return new Map([...fields].map(match => [match[1] ?? '', match[3] === '']));
}

function simpleType(field: Field): SchemaType {
  if (field.type === 'simple') return SIMPLE[field.storage] ?? 'dynamic';
  const element = /^(string|number|boolean)(List|Map)$/.exec(field.storage)?.[1];
  const inner = element === undefined ? 'dynamic' : (SIMPLE[element] ?? 'dynamic');
  if (field.type === 'list' || field.type === 'set' || field.type === 'map') return [field.type, inner];
  return 'dynamic';
}

function structOf(field: Field): { name: string; many: boolean; writtenAsBlock: boolean } {
  const mapped = /listMapperHcl\((\w+)ToHclTerraform, (true|false)\)/.exec(field.expression);
  if (mapped) return { name: mapped[1] ?? '', many: true, writtenAsBlock: mapped[2] === 'true' };
  const single = /^(\w+)ToHclTerraform\(/.exec(field.expression);
  if (!single) throw new Error(`cannot read ${field.name}: ${field.expression}`);
  return { name: single[1] ?? '', many: false, writtenAsBlock: true };
}

function blockOf(source: Source, fields: readonly Field[], needs: ReadonlyMap<string, boolean>): BlockSchema {
  const attributes: Record<string, AttributeSchema> = {};
  const blocks: Record<string, NestedBlock> = {};
  for (const field of fields) {
    const required = needs.get(field.name);
    if (required === undefined) throw new Error(`no declaration of ${field.name}`);
    const need = required ? { required: true as const } : { optional: true as const };
    if (!field.isBlock) {
      attributes[field.name] = { type: simpleType(field), ...need };
      continue;
    }
    const struct = structOf(field);
    const body = section(source.code, `\nfunction ${struct.name}ToHclTerraform(struct) {`, '\n}');
    const interfaceName = `${struct.name.charAt(0).toUpperCase()}${struct.name.slice(1)}`;
    const computed = computedIn(source.code, `${interfaceName}OutputReference`);
    const own = blockOf(source, fieldsIn(body), needsIn(source.types, interfaceName));
    const block = { attributes: { ...computed, ...own.attributes }, block_types: own.block_types };
    if (!struct.writtenAsBlock) {
      attributes[field.name] = { type: [field.type === 'set' ? 'set' : 'list', objectOf(block)], ...need };
      continue;
    }
    blocks[field.name] = {
      nesting_mode: field.type === 'struct' ? 'single' : field.type === 'set' ? 'set' : 'list',
      block,
      ...(required ? { min_items: 1 } : {}),
      ...(struct.many || field.type === 'struct' ? {} : { max_items: 1 }),
    };
  }
  return { attributes, block_types: blocks };
}

/** Some blocks may also be written as attributes; their type is then a list of objects. */
function objectOf(block: BlockSchema): SchemaType {
  const fields: Record<string, SchemaType> = {};
  for (const [name, attribute] of Object.entries(block.attributes)) fields[name] = attribute.type;
  for (const [name, nested] of Object.entries(block.block_types))
    fields[name] = [nested.nesting_mode === 'set' ? 'set' : 'list', objectOf(nested.block)];
  return ['object', fields];
}

const GETTER =
  /^ {4}\/\/ (\w+) - computed: true, optional: false, required: false\n {4}get \w+\(\) \{\n\s+return (.+);/gm;
const COMPLEX =
  /^ {8}\/\/ (\w+) - computed: true, optional: false, required: false\n {8}this\.\w+ = new (.+)\(this, "\w+"(?:, (true|false))?\);/gm;
const BY_GETTER: Readonly<Record<string, SchemaType>> = {
  String: 'string',
  Number: 'number',
  Boolean: 'bool',
  List: ['list', 'string'],
  NumberList: ['list', 'number'],
  StringMap: ['map', 'string'],
};

/** What only the provider can set, and others may refer to. */
function computedIn(code: string, className: string): Record<string, AttributeSchema> {
  const start = `\nclass ${className} extends`;
  if (!code.includes(start)) return {};
  const owner = section(code, start, '\n}\n');
  const computed: Record<string, AttributeSchema> = {};
  for (const [, name = '', value = ''] of owner.matchAll(GETTER)) {
    const getter = /this\.get(\w+)Attribute\(/.exec(value)?.[1] ?? '';
    computed[name] = { type: BY_GETTER[getter] ?? 'dynamic', computed: true };
  }
  for (const [, name = '', complex = '', wrapsSet] of owner.matchAll(COMPLEX)) {
    computed[name] = { type: complexType(code, complex, wrapsSet), computed: true };
  }
  return computed;
}

function complexType(code: string, complex: string, wrapsSet: string | undefined): SchemaType {
  if (complex === 'cdktf.StringMap') return ['map', 'string'];
  const element = /^(\w+)List$/.exec(complex)?.[1];
  if (element === undefined) return 'dynamic';
  const fields = computedIn(code, `${element}OutputReference`);
  const types = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.type]));
  return [wrapsSet === 'true' ? 'set' : 'list', ['object', types]];
}

function schemaOf(source: Source): BlockSchema {
  const owner = section(source.code, 'synthesizeHclAttributes() {', '\n    }');
  const config = /export interface (\w+Config[A-Z]?) extends cdktf\.TerraformMetaArguments/.exec(
    source.types,
  )?.[1];
  const provider = /export interface (\w+ProviderConfig) \{/.exec(source.types)?.[1];
  const className = /^class (\w+) extends cdktf\.Terraform(?:Resource|DataSource|Provider) /m.exec(
    source.code,
  )?.[1];
  const block = blockOf(source, fieldsIn(owner), needsIn(source.types, config ?? provider ?? 'Config'));
  const computed = computedIn(source.code, className ?? '');
  return { attributes: { ...computed, ...block.attributes }, block_types: block.block_types };
}

/** What CDKTF leaves open is an attribute of any type there; the provider takes a block. */
function withOpenBlocks(path: string, { attributes, block_types }: BlockSchema): BlockSchema {
  const open = Object.keys(attributes).filter(name => OPEN_BLOCKS[`${path} ${name}`] !== undefined);
  const closed = Object.entries(attributes).filter(([name]) => !open.includes(name));
  const nested = Object.entries(block_types).map(([name, each]) => [
    name,
    { ...each, block: withOpenBlocks(`${path} ${name}`, each.block) },
  ]);
  const opened = open.map(name => [name, OPEN_BLOCKS[`${path} ${name}`]]);
  return {
    attributes: Object.fromEntries(closed),
    block_types: Object.fromEntries([...nested, ...opened]),
  };
}

/** Folder by `resource type` or `data type`. */
function indexOf(lib: string): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  for (const entry of readdirSync(lib, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const code = readSource(join(lib, entry.name)).code;
    const type = /\.tfResourceType = "(\w+)"/.exec(code)?.[1];
    if (type === undefined) continue;
    const kind = /^class \w+ extends cdktf\.TerraformDataSource /m.test(code) ? 'data' : 'resource';
    folders.set(`${kind} ${type}`, join(lib, entry.name));
  }
  return folders;
}

function derive(wanted: WantedProvider, root: string): ProviderSchemas {
  const folders = indexOf(join(root, 'lib'));
  const table = (kind: 'resource' | 'data', names: readonly string[]) =>
    Object.fromEntries(
      [...names].sort().map(name => {
        const type = `${wanted.prefix ?? wanted.name}_${name}`;
        const folder = folders.get(`${kind} ${type}`);
        if (folder === undefined) throw new Error(`${wanted.package} has no ${kind} ${type}`);
        return [type, { block: withOpenBlocks(type, schemaOf(readSource(folder))) }];
      }),
    );
  return {
    derived: {
      provider: `hashicorp/${wanted.name}`,
      version: wanted.version,
      from: `${wanted.package}@${wanted.packageVersion}`,
      licence: 'MPL-2.0, Copyright (c) HashiCorp, Inc.',
    },
    provider: { block: schemaOf(readSource(join(root, 'lib', 'provider'))) },
    resource_schemas: table('resource', wanted.resources),
    data_source_schemas: table('data', wanted.data),
  };
}

/** One line per resource, so that a diff shows which one changed. */
function print(schemas: ProviderSchemas): string {
  const lines = (table: object) =>
    Object.entries(table)
      .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(',\n');
  return [
    '{',
    `  "derived": ${JSON.stringify(schemas.derived)},`,
    `  "provider": ${JSON.stringify(schemas.provider)},`,
    `  "resource_schemas": {\n${lines(schemas.resource_schemas)}\n  },`,
    `  "data_source_schemas": {\n${lines(schemas.data_source_schemas)}\n  }`,
    '}\n',
  ].join('\n');
}

const [packages] = process.argv.slice(2);
if (packages === undefined) throw new Error('usage: derive.ts FOLDER-WITH-UNPACKED-PACKAGES');
for (const wanted of WANTED) {
  const file = join(import.meta.dirname, `${wanted.name}-${wanted.version}.json`);
  writeFileSync(file, print(derive(wanted, join(packages, wanted.name))));
  process.stdout.write(`${file}: ${wanted.resources.length} resources, ${wanted.data.length} data sources\n`);
}
