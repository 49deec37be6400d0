/** Holds a parsed file against its zod shape and says in words, with places, what does not fit. */
import * as z from 'zod/mini';
import type { Diagnostic } from './diagnostic.ts';
import { didYouMean } from './nearest.ts';
import type { Path, Source } from './yaml.ts';

type Shape = z.core.$ZodType;

/** The value at `path` in its shape, or null after its problems were added to `diagnostics`. */
export function checkShape<S extends Shape>(
  source: Source,
  path: Path,
  shape: S,
  diagnostics: Diagnostic[],
): z.output<S> | null {
  const result = z.safeParse(shape, valueAt(source.value, path));
  if (result.success) return result.data;
  for (const issue of result.error.issues) diagnostics.push(...describe(issue, source, path, shape));
  return null;
}

export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
}

function describe(issue: z.core.$ZodIssue, source: Source, base: Path, shape: Shape): Diagnostic[] {
  const inner = issue.path.filter(step => typeof step !== 'symbol');
  const path = [...base, ...inner];
  if (issue.code === 'unrecognized_keys') {
    const known = keysOf(shapeAt(shape, inner));
    return issue.keys.map(key => ({
      code: 'unknown-key',
      ...source.atKey([...path, key]),
      message: `no key "${key}" here${didYouMean(key, known)}`,
      help: helpForKey(key, valueAt(source.value, [...path, key]), known),
    }));
  }
  const value = valueAt(source.value, path);
  const name = nameOf(path);
  if (value === undefined) {
    const code = path.at(-1) === 'because' ? 'missing-because' : 'missing-key';
    return [{ code, ...source.at(path), message: `${name} is missing`, help: expectation(issue) }];
  }
  const place = source.at(path);
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    const message = `${name} cannot be ${shown(value)}${typeof value === 'string' ? didYouMean(value, values) : ''}`;
    const code = path.at(-1) === 'driver' ? 'unknown-driver' : 'unknown-value';
    return [{ code, ...place, message, help: `It is one of ${values.join(', ')}.` }];
  }
  if (issue.code === 'custom') {
    const code = typeof issue.params?.code === 'string' ? issue.params.code : 'wrong-value';
    return [{ code, ...place, message: `${name}: ${shown(value)} is not ${issue.message}`, help: '' }];
  }
  if (issue.code === 'invalid_type' || issue.code === 'invalid_union') {
    const help =
      typeof value === 'number' && issue.message.includes('text')
        ? `Put quotes around it: "${source.written(path)}".`
        : '';
    const is = value === null ? 'has no value' : `is ${shown(value)}`;
    return [{ code: 'wrong-type', ...place, message: `${name} ${is}; write ${issue.message}`, help }];
  }
  return [{ code: 'wrong-value', ...place, message: `${name}: ${issue.message}`, help: '' }];
}

function helpForKey(key: string, value: unknown, known: readonly string[]): string {
  if (value === null && key.includes(' '))
    return 'Inside { } a comma ends a text: put quotes around the text.';
  return `Keys: ${known.join(', ')}.`;
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' || issue.code === 'invalid_union') return `Write ${issue.message}.`;
  return issue.code === 'invalid_value' ? `It is one of ${issue.values.join(', ')}.` : '';
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
  if (typeof value === 'string') return `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;
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
