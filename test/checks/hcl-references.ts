/** Checks that what expressions refer to is declared, and that what is declared is referred to. */
import type { BlockSchema, ProviderSchemas } from '../provider-schemas/schema.ts';
import type { Json, JsonValue, Report } from './hcl.ts';
import { readExpressions, type Traversal } from './hcl-expressions.ts';
import { HCL_FUNCTIONS } from './hcl-functions.ts';
import type { DeclaredResource, TerraformModule } from './hcl-module.ts';
import { isObject } from './hcl-schema.ts';

/** Blocks whose expressions are addresses or types, not values. */
const NOT_VALUES = new Set(['moved', 'removed', 'import']);

export function checkReferences(
  json: Json,
  module: TerraformModule,
  schemas: readonly ProviderSchemas[],
  report: Report,
): void {
  for (const [kind, value] of Object.entries(json)) {
    if (!NOT_VALUES.has(kind)) walk(value, kind, { keyed: null }, { module, schemas, report });
  }
}

interface Scope {
  readonly module: TerraformModule;
  readonly schemas: readonly ProviderSchemas[];
  readonly report: Report;
}
interface Within {
  readonly keyed: 'count' | 'for_each' | null;
}

function walk(value: JsonValue, place: string, within: Within, scope: Scope): void {
  if (typeof value === 'string') checkText(value, place, within, scope);
  else if (Array.isArray(value)) for (const item of value) walk(item, place, within, scope);
  else if (isObject(value)) {
    const inner: Within = /^(resource|data)\.[^.]+\.[^.]+$/.test(place) ? { keyed: keyedBy(value) } : within;
    for (const [key, item] of Object.entries(value)) {
      if (/^variable\.[^.]+$/.test(place) && key === 'type') continue;
      checkText(key, place, within, scope);
      walk(item, `${place}.${key}`, inner, scope);
    }
  }
}

function keyedBy(body: Json): Within['keyed'] {
  return 'for_each' in body ? 'for_each' : 'count' in body ? 'count' : null;
}

function checkText(text: string, place: string, within: Within, scope: Scope): void {
  const { traversals, functions } = readExpressions(text);
  for (const name of functions) {
    if (!HCL_FUNCTIONS.has(name)) scope.report(place, 'unknown-function', `there is no function ${name}`);
  }
  for (const traversal of traversals) {
    checkTraversal(traversal, place, within, scope);
    for (const step of traversal.steps) {
      if ('index' in step) checkText(`\${${step.index}}`, place, within, scope);
    }
  }
}

function checkTraversal(traversal: Traversal, place: string, within: Within, scope: Scope): void {
  const { module, report } = scope;
  const [first, second] = traversal.steps;
  const name = first !== undefined && 'name' in first ? first.name : '';
  if (traversal.root === 'var' || traversal.root === 'local') {
    const known = traversal.root === 'var' ? module.variables : module.locals;
    module.used.add(`${traversal.root}.${name}`);
    if (!known.has(name)) report(place, 'undeclared', `${traversal.root}.${name} is not declared`);
  } else if (traversal.root === 'output') {
    if (!module.outputs.has(name)) report(place, 'undeclared', `output.${name} is not declared`);
  } else if (traversal.root === 'each' && within.keyed !== 'for_each') {
    report(place, 'each-outside', 'each is used outside a block with for_each');
  } else if (traversal.root === 'count' && name === 'index' && within.keyed !== 'count') {
    report(place, 'count-outside', 'count.index is used outside a block with count');
  } else if (traversal.root === 'data' && second !== undefined && 'name' in second) {
    checkAddress(`data.${name}.${second.name}`, traversal.steps.slice(2), place, scope);
  } else if (isResourceType(traversal.root, scope) && name !== '') {
    checkAddress(`${traversal.root}.${name}`, traversal.steps.slice(1), place, scope);
  }
}

function isResourceType(root: string, { module, schemas }: Scope): boolean {
  const provider = root.split('_')[0] ?? '';
  const known = schemas.some(schema => schema.derived.provider.endsWith(`/${provider}`));
  return root.includes('_') && (known || module.providers.has(provider));
}

function checkAddress(address: string, steps: Traversal['steps'], place: string, scope: Scope): void {
  const resource = scope.module.resources.get(address);
  if (resource === undefined) {
    scope.report(place, 'undeclared', `${address} is not declared`);
    return;
  }
  const [first] = steps;
  if (first === undefined) return;
  const indexed = 'index' in first;
  if (resource.keyed !== null && !indexed) {
    scope.report(place, 'missing-key', `${address} has ${resource.keyed}; which instance is meant`);
    return;
  }
  if (resource.keyed === null && indexed) {
    scope.report(place, 'needless-key', `${address} has neither count nor for_each`);
    return;
  }
  const attribute = indexed ? steps[1] : first;
  const schema = schemaOf(resource, scope.schemas);
  if (attribute === undefined || !('name' in attribute) || schema === undefined) return;
  if (!(attribute.name in schema.attributes) && !(attribute.name in schema.block_types))
    scope.report(place, 'unknown-attribute', `${address} has no ${attribute.name}`);
}

function schemaOf(resource: DeclaredResource, schemas: readonly ProviderSchemas[]): BlockSchema | undefined {
  const table = resource.kind === 'data' ? 'data_source_schemas' : 'resource_schemas';
  return schemas.map(schema => schema[table][resource.type]).find(found => found !== undefined)?.block;
}

export function checkUnused(module: TerraformModule, reportIn: (file: string) => Report): void {
  for (const [name, { file }] of module.variables) {
    if (!module.used.has(`var.${name}`)) reportIn(file)(`var.${name}`, 'unused', `var.${name} is never used`);
  }
  for (const [name, file] of module.locals) {
    if (!module.used.has(`local.${name}`))
      reportIn(file)(`local.${name}`, 'unused', `local.${name} is never used`);
  }
}
