/** What kustomize changes in objects: patches, and replacements that put one value into fields of others. */
import { documentsOf, type ManifestObject, nameOf } from './yaml-files.ts';

export interface Patch {
  readonly target: {
    readonly group?: string;
    readonly version: string;
    readonly kind: string;
    readonly name?: string;
  };
  readonly patch: string;
}
interface Operation {
  readonly op: 'add' | 'replace';
  readonly path: string;
  readonly value: unknown;
}
export interface Replacement {
  readonly source: { readonly kind: string; readonly name: string; readonly fieldPath: string };
  readonly targets: readonly {
    readonly select: Selection;
    readonly fieldPaths: readonly string[];
    readonly options?: { readonly delimiter: string; readonly index: number };
  }[];
}
interface Selection {
  readonly group?: string;
  readonly version: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  /** `label=value`. */
  readonly labelSelector?: string;
}
interface Changed {
  readonly after: readonly ManifestObject[];
  readonly problems: readonly string[];
}

function isMeant({ apiVersion, kind, metadata }: ManifestObject, target: Selection): boolean {
  return (
    kind === target.kind &&
    (target.name === undefined || metadata.name === target.name) &&
    apiVersion === (target.group === undefined ? target.version : `${target.group}/${target.version}`) &&
    (target.namespace === undefined || metadata.namespace === target.namespace) &&
    (target.labelSelector === undefined ||
      Object.entries(metadata.labels ?? {}).some(
        ([key, value]) => `${key}=${value}` === target.labelSelector,
      ))
  );
}

export function patched(objects: readonly ManifestObject[], patches: readonly Patch[]): Changed {
  const problems: string[] = [];
  const after = patches.reduce<readonly ManifestObject[]>((before, { target, patch }) => {
    // A patch of every object of a kind is meant for those that are still to come as well.
    if (target.name !== undefined && !before.some(object => isMeant(object, target)))
      problems.push(`no object is ${target.version} ${target.kind} ${target.name ?? ''}`.trim());
    const content = documentsOf(patch)[0];
    if ((content as { $patch?: string } | undefined)?.$patch === 'delete')
      return before.filter(object => !isMeant(object, target));
    return before.map(object => {
      if (!isMeant(object, target)) return object;
      const changed = changedOnce(object, patch, () => patchedOne(object, content));
      problems.push(...changed.problems);
      return changed.after;
    });
  }, objects);
  return { after, problems };
}

interface ChangedOne {
  readonly after: ManifestObject;
  readonly problems: readonly string[];
}
const known = new WeakMap<ManifestObject, Map<string, ChangedOne>>();

/** Clusters and trees share objects and what changes them, and so share what comes of it. */
function changedOnce(object: ManifestObject, change: string, make: () => ChangedOne): ChangedOne {
  const changes = known.get(object) ?? new Map<string, ChangedOne>();
  known.set(object, changes);
  const made = changes.get(change) ?? make();
  changes.set(change, made);
  return made;
}

function patchedOne(object: ManifestObject, content: unknown): ChangedOne {
  if (!Array.isArray(content)) return { after: merged(object, content) as ManifestObject, problems: [] };
  const after = copyOf(object);
  const failed = (content as readonly Operation[]).map(operation => operate(after, operation));
  return { after, problems: failed.flatMap(problem => problem ?? []).slice(0, 1) };
}

/** Of lists and maps of plain data, in a tenth of the time that a structured clone takes; all else is not changed. */
function copyOf<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(copyOf) as Value;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) copy[key] = copyOf((value as Record<string, unknown>)[key]);
  return copy as Value;
}

/** As a merge of fields does it; the name and kind of what is patched stay. */
function merged(value: unknown, patch: unknown): unknown {
  if (typeof value !== 'object' || value === null || typeof patch !== 'object' || patch === null)
    return patch;
  const fields = value as Readonly<Record<string, unknown>>;
  const changes = Object.entries(patch).filter(([key]) => !['apiVersion', 'kind', 'name'].includes(key));
  return {
    ...fields,
    ...Object.fromEntries(
      changes.map(([key, item]) => [key, key in fields ? merged(fields[key], item) : item]),
    ),
  };
}

/** `replace` needs something to replace, as RFC 6902 has it. */
function operate(object: ManifestObject, { op, path, value }: Operation): string | null {
  const keys = path
    .split('/')
    .slice(1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop() ?? '';
  const found = keys.reduce<unknown>(member, object);
  if (typeof found !== 'object' || found === null) return `${path} is nowhere in ${nameOf(object)}`;
  const fields = found as Record<string, unknown>;
  if (op === 'replace' && !(last in fields)) return `${path} is nowhere in ${nameOf(object)}`;
  fields[last] = value;
  return null;
}

/** `field=value` finds the item of a list that has it. */
function member(holder: unknown, key: string): unknown {
  if (Array.isArray(holder) && key.includes('=')) {
    const [field = '', ...value] = key.split('=');
    return holder.find(item => member(item, field) === value.join('='));
  }
  return (holder as Readonly<Record<string, unknown>> | undefined)?.[key];
}

/** A target that is not there is none; one without the field is an error, as kustomize has it. */
export function replaced(objects: readonly ManifestObject[], replacements: readonly Replacement[]): Changed {
  const problems: string[] = [];
  const after = [...objects];
  const places = new Map<string, number[]>();
  for (const [index, { kind }] of objects.entries()) {
    const known = places.get(kind);
    if (known === undefined) places.set(kind, [index]);
    else known.push(index);
  }
  for (const { source, targets } of replacements) {
    const from = after.find(({ kind, metadata }) => kind === source.kind && metadata.name === source.name);
    const value = keysOf(source.fieldPath).reduce<unknown>(member, from);
    if (typeof value !== 'string') {
      problems.push(`${source.fieldPath} is nowhere in ${source.kind} ${source.name}`);
      continue;
    }
    for (const { select, fieldPaths, options } of targets) {
      let change: string | null = null;
      for (const index of places.get(select.kind) ?? []) {
        const object = after[index];
        if (object === undefined || !isMeant(object, select)) continue;
        // Most targets are nowhere in most builds.
        change ??= JSON.stringify([fieldPaths, value, options]);
        const changed = changedOnce(object, change, () => replacedIn(object, fieldPaths, value, options));
        after[index] = changed.after;
        problems.push(...changed.problems);
      }
    }
  }
  return { after, problems };
}

function replacedIn(
  object: ManifestObject,
  paths: readonly string[],
  value: string,
  options: Replacement['targets'][number]['options'],
): ChangedOne {
  const after = copyOf(object);
  const missing = paths.filter(path => !put(after, keysOf(path), value, options));
  return { after, problems: missing.map(path => `${path} is nowhere in ${nameOf(object)}`) };
}

/** `a.b.[c.d/e].0`; kustomize takes brackets away only where they hold a dot, and so does this. */
function keysOf(path: string): readonly string[] {
  return [...path.matchAll(/\[([^\]]*\.[^\]]*)\]|([^.]+)/g)].map(
    ([, bracketed, plain]) => bracketed ?? plain ?? '',
  );
}

function put(
  object: unknown,
  keys: readonly string[],
  value: string,
  options: Replacement['targets'][number]['options'],
): boolean {
  const last = keys.at(-1) ?? '';
  const holder = keys.slice(0, -1).reduce<unknown>(member, object);
  const before = member(holder, last);
  if (typeof before !== 'string') return false;
  const pieces = options === undefined ? [] : before.split(options.delimiter);
  if (options !== undefined) pieces[options.index] = value;
  (holder as Record<string, unknown>)[last] = options === undefined ? value : pieces.join(options.delimiter);
  return true;
}
