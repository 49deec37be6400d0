/** What accumulates while files become a catalogue: problems, places, and every condition with who reads it. */
import type { Condition, Id } from './catalogue.ts';
import { resolveCondition } from './condition.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Reading } from './reading.ts';
import type { Path, Place, Source } from './yaml.ts';

/** One parsed content file. */
export interface ContentFile {
  readonly pack: string;
  /** Path within the pack, `recommendations/mesh.yaml`. */
  readonly name: string;
  readonly source: Source;
}
/** A condition in use: `reader` (`question:x`, `decision:y`) cannot be settled before what the condition reads. */
export interface Use {
  readonly reader: string | null;
  readonly condition: Condition;
  readonly place: Place;
}
export interface Draft {
  readonly diagnostics: Diagnostic[];
  /** `rule:mesh/mtls-mandated` and the like to where it is written. */
  readonly places: Map<string, Place>;
  readonly uses: Use[];
  /** Position of a file's pack in the order of loading: the later one is to blame for a clash. */
  readonly packOf: ReadonlyMap<string, number>;
  /** By that position. */
  readonly packNames: readonly string[];
}

/** Notes where something is defined; false, with a diagnostic, where it already is. */
export function declare(draft: Draft, kind: string, id: Id, place: Place): boolean {
  const key = `${kind}:${id}`;
  const before = draft.places.get(key);
  if (!before) {
    draft.places.set(key, place);
    return true;
  }
  const rank = ({ file }: Place): number => draft.packOf.get(file) ?? 0;
  const [first, second] = rank(before) > rank(place) ? [place, before] : [before, place];
  draft.diagnostics.push({
    code: 'duplicate-id',
    ...second,
    message: `the ${kind} "${id}" is already defined`,
    help: `First at ${first.file}:${first.line}:${first.column}.`,
  });
  return false;
}

/** The condition at `path`, noted as read by `reader`. */
export function noteCondition(
  draft: Draft,
  reading: Reading,
  reader: string | null,
  path: Path,
): Condition | null {
  const condition = resolveCondition(reading, path);
  if (condition) draft.uses.push({ reader, condition, place: reading.source.at(path) });
  return condition;
}

export function problem(draft: Draft, code: string, place: Place, message: string, help: string): void {
  draft.diagnostics.push({ code, ...place, message, help });
}

/** By id, in plain code point order: the same on every machine. */
export function byId<T extends { readonly id: Id }>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => compare(a.id, b.id));
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function isPresent<T>(value: T | null): value is T {
  return value !== null;
}
