/** What a root module declares. */
import { blocksIn, type Json, type JsonValue, type Report } from './hcl.ts';

export interface DeclaredVariable {
  readonly file: string;
  readonly hasDefault: boolean;
}
export interface DeclaredResource {
  readonly type: string;
  readonly kind: 'resource' | 'data';
  /** Whether an address needs an index: the resource has `count` or `for_each`. */
  readonly keyed: 'count' | 'for_each' | null;
}
export interface TerraformModule {
  readonly variables: ReadonlyMap<string, DeclaredVariable>;
  /** Name to file. */
  readonly locals: ReadonlyMap<string, string>;
  /** Address, for instance `data.aws_region.current`. */
  readonly resources: ReadonlyMap<string, DeclaredResource>;
  readonly outputs: ReadonlySet<string>;
  /** Name to version constraint. */
  readonly providers: ReadonlyMap<string, string>;
  readonly requiredVersion: string | null;
  /** `var.x` and `local.x` that something refers to; filled while references are checked. */
  readonly used: Set<string>;
}

export function readModule(
  sources: readonly (readonly [file: string, json: Json])[],
  reportIn: (file: string) => Report,
): TerraformModule {
  const variables = new Map<string, DeclaredVariable>();
  const locals = new Map<string, string>();
  const resources = new Map<string, DeclaredResource>();
  const outputs = new Set<string>();
  const providers = new Map<string, string>();
  let requiredVersion: string | null = null;
  for (const [file, json] of sources) {
    const report = reportIn(file);
    const once = (known: { has(name: string): boolean }, name: string, place: string) => {
      if (known.has(name)) report(place, 'declared-twice', `${place} is declared twice`);
    };
    for (const [name, [body]] of namedBlocks(json.variable)) {
      once(variables, name, `var.${name}`);
      variables.set(name, { file, hasDefault: body !== undefined && 'default' in body });
      for (const key of ['type', 'description']) {
        if (body?.[key] === undefined)
          report(`var.${name}`, 'undocumented', `variable ${name} has no ${key}`);
      }
    }
    for (const block of (json.locals ?? []) as readonly Json[]) {
      for (const name of Object.keys(block)) {
        once(locals, name, `local.${name}`);
        locals.set(name, file);
      }
    }
    for (const { kind, type, name, body } of blocksIn(json)) {
      const address = kind === 'data' ? `data.${type}.${name}` : `${type}.${name}`;
      once(resources, address, address);
      const keyed = 'for_each' in body ? 'for_each' : 'count' in body ? 'count' : null;
      resources.set(address, { type, kind, keyed });
    }
    for (const [name, [body]] of namedBlocks(json.output)) {
      once(outputs, name, `output.${name}`);
      outputs.add(name);
      if (body?.value === undefined)
        report(`output.${name}`, 'missing-argument', `output ${name} has no value`);
      if (body?.description === undefined)
        report(`output.${name}`, 'undocumented', `output ${name} has no description`);
    }
    for (const block of (json.terraform ?? []) as readonly Json[]) {
      if (typeof block.required_version === 'string') requiredVersion = block.required_version;
      for (const required of (block.required_providers ?? []) as readonly Json[]) {
        for (const [name, value] of Object.entries(required)) {
          const version = (value as Json).version;
          if (typeof version === 'string') providers.set(name, version);
        }
      }
    }
  }
  return { variables, locals, resources, outputs, providers, requiredVersion, used: new Set() };
}

function namedBlocks(value: JsonValue | undefined): [string, readonly Json[]][] {
  return Object.entries((value ?? {}) as Json).map(([name, bodies]) => [name, bodies as readonly Json[]]);
}
