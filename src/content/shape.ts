/** Holds a parsed file against its zod shape and says in words, with places, what does not fit. */
import * as z from 'zod/mini';
import type { Diagnostic } from './diagnostic.ts';
import { shorten } from './names.ts';
import { didYouMean } from './nearest.ts';
import type { Path, Source } from './yaml.ts';

type Shape = z.core.$ZodType;

/** What does not fit, by path: at a key where that itself is wrong, else at its value. */
export interface ShapeProblem {
  readonly path: Path;
  readonly on: 'key' | 'value';
  readonly code: string;
  readonly message: string;
  readonly help: string;
}

/** The value at `path` in its shape, or null after its problems were added to `diagnostics`. */
export function checkShape<S extends Shape>(
  source: Source,
  path: Path,
  shape: S,
  diagnostics: Diagnostic[],
): z.output<S> | null {
  const checked = checkValue(valueAt(source.value, path), shape, path.at(-1) ?? null);
  if ('data' in checked) return checked.data;
  for (const { path: inner, on, code, message, help } of checked.problems) {
    const full = [...path, ...inner];
    const place = on === 'key' ? source.atKey(full) : source.at(full);
    const written = help === QUOTES ? ` "${source.written(full) ?? ''}".` : '';
    diagnostics.push({ code, ...place, message, help: help + written });
  }
  return null;
}

/** A file that is no content file at all has too many unknown keys to list. */
const MOST_KEYS = 20;
const QUOTES = 'Put quotes around it:';

/** A value in its shape, or its problems. `name` is what the value itself is called. */
export function checkValue<S extends Shape>(
  value: unknown,
  shape: S,
  name: string | number | null,
): { readonly data: z.output<S> } | { readonly problems: readonly ShapeProblem[] } {
  const result = z.safeParse(shape, value);
  if (result.success) return { data: result.data };
  return { problems: result.error.issues.flatMap(issue => describe(issue, value, shape, name)) };
}

export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(
  issue: z.core.$ZodIssue,
  root: unknown,
  shape: Shape,
  rootName: string | number | null,
): ShapeProblem[] {
  const path = issue.path.filter(step => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const known = keysOf(shapeAt(shape, path));
    return issue.keys.slice(0, MOST_KEYS).map(key => ({
      path: [...path, key],
      on: 'key',
      code: 'unknown-key',
      message: `no key "${shorten(key)}" here${didYouMean(key, known)}`,
      help: helpForKey(valueAt(root, [...path, key]), known),
    }));
  }
  const value = valueAt(root, path);
  const name = nameOf(rootName === null ? path : [rootName, ...path]);
  const found = (code: string, message: string, help: string): ShapeProblem[] => [
    { path, on: 'value', code, message, help },
  ];
  if (value === undefined) {
    const code = path.at(-1) === 'because' ? 'missing-because' : 'missing-key';
    const help = code === 'missing-because' ? 'Say why in one sentence.' : expectation(issue);
    return found(code, `${name} is missing`, help);
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    const near = typeof value === 'string' ? didYouMean(value, values) : '';
    const code = path.at(-1) === 'driver' ? 'unknown-driver' : 'unknown-value';
    return found(code, `${name} cannot be ${shown(value)}${near}`, `It is one of ${values.join(', ')}.`);
  }
  if (issue.code === 'custom') {
    const { code = 'wrong-value', help = null } = (issue.params ?? {}) as { code?: string; help?: string };
    if (help !== null) return found(code, `${name} ${issue.message}`, help);
    return found(code, `${name}: ${shown(value)} is not ${issue.message}`, '');
  }
  if (issue.code === 'invalid_type' || issue.code === 'invalid_union') {
    const expected = wanted(issue);
    const quotes = typeof value === 'number' && expected.includes('text');
    const is = value === null ? 'has no value' : `is ${shown(value)}`;
    return found('wrong-type', `${name} ${is}; write ${expected}`, quotes ? QUOTES : '');
  }
  return found('wrong-value', `${name} ${issue.message}`, '');
}

function helpForKey(value: unknown, known: readonly string[]): string {
  const comma = value === null ? ' Inside { } a comma ends a text: put quotes around such a text.' : '';
  return `Keys: ${known.join(', ')}.${comma}`;
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' || issue.code === 'invalid_union') return `Write ${wanted(issue)}.`;
  return issue.code === 'invalid_value' ? `It is one of ${issue.values.join(', ')}.` : '';
}

/** What belongs there: as the shape says it, or the name of the type. */
function wanted(issue: z.core.$ZodIssueInvalidType | z.core.$ZodIssueInvalidUnion): string {
  if (issue.message !== 'Invalid input' || issue.code === 'invalid_union') return issue.message;
  return issue.expected === 'object' ? 'a map' : `a value of type ${issue.expected}`;
}

function nameOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  return typeof last === 'number' ? `item ${last + 1} of ${nameOf(path.slice(0, -1))}` : `"${last}"`;
}

/** A value as it may stand in a message. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  if (value === null) return 'empty';
  if (typeof value === 'string') return `"${shorten(value)}"`;
  return typeof value === 'number' ? `the number ${value}` : String(value);
}

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Shape>>;
  readonly element?: Shape;
  readonly valueType?: Shape;
  readonly innerType?: Shape;
}

function definitionOf(shape: Shape | undefined): Definition | undefined {
  const definition = shape?._zod.def as Definition | undefined;
  return definition?.innerType ? definitionOf(definition.innerType) : definition;
}

function shapeAt(shape: Shape, path: Path): Shape | undefined {
  let current: Shape | undefined = shape;
  for (const step of path) {
    const definition = definitionOf(current);
    current = definition?.shape?.[step] ?? definition?.element ?? definition?.valueType;
  }
  return current;
}

function keysOf(shape: Shape | undefined): readonly string[] {
  return Object.keys(definitionOf(shape)?.shape ?? {});
}
