/**
 * Checks emitted Terraform offline: syntax, every resource and data block against its provider's schema, and
 * references. Every folder with `.tf` files is one root module; its `tests/*.tftest.hcl` and `*.tfvars(.example)` below
 * it are held against it.
 *
 *     const findings = await checkHcl(files, [providerSchemas('google-6.50.0')]);
 *     expect(findings).toEqual([]);
 *
 * It catches unknown arguments and blocks at any depth, missing required ones, blocks and attributes mixed up, values
 * of a wrong simple type, addresses, variables, locals, attributes and functions that do not exist, unused variables
 * and locals, and variables that an environment leaves out. It does not know which values an argument takes.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from '@cdktf/hcl2json';
import type { FileTree } from '../../src/files/tree.ts';
import type { BlockSchema, ProviderSchemas } from '../provider-schemas/schema.ts';
import { BUILT_IN_PROVIDER, builtInSchema } from './hcl-built-in.ts';
import { readModule, type TerraformModule } from './hcl-module.ts';
import { checkReferences, checkUnused } from './hcl-references.ts';
import { checkSchema, checkWrittenAsBlock } from './hcl-schema.ts';
import { checkTests, checkValues } from './hcl-values.ts';
import { oncePerText } from './once.ts';

export interface HclFinding {
  readonly file: string;
  /** Where in the file, as an address: `google_monitoring_slo.web.goal`. */
  readonly place: string;
  readonly code: string;
  readonly message: string;
}
export type Report = (place: string, code: string, message: string) => void;

/** The derived schemas in `test/provider-schemas/<name>.json`, for instance `aws-6.25.0`; read once for all who ask. */
export const providerSchemas = oncePerText((name): ProviderSchemas => {
  const file = join(import.meta.dirname, '..', 'provider-schemas', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as ProviderSchemas;
});

/** All findings, by file; an empty list means that nothing was found. */
export async function checkHcl(
  files: FileTree,
  schemas: readonly ProviderSchemas[],
): Promise<readonly HclFinding[]> {
  const findings: HclFinding[] = [];
  const parsed = new Map<string, Json>();
  for (const [file, text] of files) {
    if (!/\.(tf|tftest\.hcl|tfvars|tfvars\.example|tfbackend|tfbackend\.example)$/.test(file)) continue;
    try {
      parsed.set(file, await parseHcl(file, text));
    } catch (error) {
      findings.push({ file, place: '', code: 'syntax', message: String(error) });
    }
  }
  const folders = new Set([...parsed.keys()].filter(file => file.endsWith('.tf')).map(file => dirname(file)));
  for (const folder of [...folders].sort()) checkFolder(folder, files, parsed, schemas, findings);
  return findings;
}

const known = new Map<string, Json>();

/** Trees share most of their files, so what was read once is kept. Nobody changes what is handed out. */
async function parseHcl(file: string, text: string): Promise<Json> {
  const json = known.get(text) ?? (await parseBlocks(text)) ?? (await parsePart(file, text));
  known.set(text, json);
  return json;
}

/** Files that differ share most of their blocks. Null where they cannot be told apart, or one is not in order. */
async function parseBlocks(text: string): Promise<Json | null> {
  let whole: Json = {};
  for (const block of text.split(/(?<=^\}\n)/m)) {
    const body = block.replace(/^(?:#.*\n|\n)*/, '');
    try {
      whole = joined(whole, parts.get(body) ?? (await parsePart('block', body)));
    } catch {
      return null;
    }
  }
  return whole;
}

const parts = new Map<string, Json>();

async function parsePart(file: string, text: string): Promise<Json> {
  const json = (await parse(file, text)) as Json;
  parts.set(text, json);
  return json;
}

function joined(one: Json, other: Json): Json {
  const all: Record<string, JsonValue> = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const before = all[key];
    if (before === undefined) all[key] = value;
    else if (isList(before) && isList(value)) all[key] = [...before, ...value];
    else if (isObject(before) && isObject(value)) all[key] = joined(before, value);
    else throw new Error(`${key} stands there twice`);
  }
  return all;
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
const isObject = (value: JsonValue): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every resource and data block of the Terraform files, as far as they parse. */
export async function resourcesIn(
  files: FileTree,
): Promise<readonly (ReturnType<typeof blocksIn>[number] & { file: string })[]> {
  const found = [];
  for (const [file, text] of files) {
    if (file.endsWith('.tf'))
      found.push(...blocksIn(await parseHcl(file, text)).map(block => ({ ...block, file })));
  }
  return found;
}

/** What hcl2json makes of HCL: blocks are lists of objects, expressions are `${…}` strings. */
export type Json = { readonly [key: string]: JsonValue };
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | Json;

function checkFolder(
  folder: string,
  files: FileTree,
  parsed: ReadonlyMap<string, Json>,
  schemas: readonly ProviderSchemas[],
  findings: HclFinding[],
): void {
  const reportIn =
    (file: string): Report =>
    (place, code, message) =>
      findings.push({ file, place, code, message });
  const sources = [...parsed].filter(([file]) => file.endsWith('.tf') && dirname(file) === folder);
  const module = readModule(sources, reportIn);
  for (const [file, json] of sources) {
    checkResources(file, json, files.get(file) ?? '', module, schemas, reportIn(file));
    checkReferences(json, module, schemas, reportIn(file));
  }
  checkUnused(module, reportIn);
  checkProviders(module, reportIn(folder));
  for (const [file, json] of parsed) {
    if (!file.startsWith(`${folder}/`)) continue;
    if (file.endsWith('.tftest.hcl')) checkTests(json, module, schemas, reportIn(file));
    if (/\.tfvars(\.example)?$/.test(file)) checkValues(json, module, reportIn(file));
  }
}

function checkResources(
  file: string,
  json: Json,
  text: string,
  module: TerraformModule,
  schemas: readonly ProviderSchemas[],
  report: Report,
): void {
  const find = (
    kind: 'resource_schemas' | 'data_source_schemas',
    type: string,
    provider: string,
  ): BlockSchema | undefined =>
    schemas
      .filter(({ derived }) => derived.provider.endsWith(`/${provider}`))
      .map(schema => schema[kind][type])
      .find(found => found !== undefined)?.block ??
    (kind === 'resource_schemas' ? builtInSchema(type) : undefined);
  for (const { kind, type, name, body } of blocksIn(json)) {
    const place = kind === 'data' ? `data.${type}.${name}` : `${type}.${name}`;
    // Where two providers have a type of the same name, the block says whose it is.
    const named = /^\$\{([\w-]+)/.exec(String(body.provider))?.[1] ?? providerOf(type);
    if (named !== providerOf(type) && !module.providers.has(named))
      report(place, 'unpinned-provider', `required_providers lacks ${named}`);
    const schema = find(kind === 'data' ? 'data_source_schemas' : 'resource_schemas', type, named);
    if (schema === undefined) {
      report(place, 'unknown-type', `${file}: no schema was derived for ${kind} ${type}`);
      continue;
    }
    checkSchema(body, schema, place, report);
    checkWrittenAsBlock(text, kind, type, name, schema, report);
  }
  for (const [provider, bodies] of Object.entries((json.provider ?? {}) as Json)) {
    const schema = schemas.find(found => found.derived.provider.endsWith(`/${provider}`));
    if (schema === undefined)
      report(`provider.${provider}`, 'unknown-type', `no schema of provider ${provider}`);
    else
      for (const body of bodies as readonly Json[])
        checkSchema(body, schema.provider.block, provider, report);
  }
}

/** Resource and data blocks of a parsed file. */
export function blocksIn(
  json: Json,
): { kind: 'resource' | 'data'; type: string; name: string; body: Json }[] {
  return (['resource', 'data'] as const).flatMap(kind =>
    Object.entries((json[kind] ?? {}) as Json).flatMap(([type, named]) =>
      Object.entries(named as Json).flatMap(([name, bodies]) =>
        (bodies as readonly Json[]).map(body => ({ kind, type, name, body })),
      ),
    ),
  );
}

function checkProviders(module: TerraformModule, report: Report): void {
  if (!module.requiredVersion)
    report('terraform', 'no-required-version', 'terraform.required_version is missing');
  const used = new Set([...module.resources.keys()].map(address => providerOf(address)));
  for (const provider of used) {
    if (provider === BUILT_IN_PROVIDER) continue;
    const version = module.providers.get(provider);
    if (version === undefined)
      report('terraform', 'unpinned-provider', `required_providers lacks ${provider}`);
  }
}

export function providerOf(address: string): string {
  return (address.replace(/^data\./, '').split('_')[0] ?? '').trim();
}
