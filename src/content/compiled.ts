/**
 * The checked catalogue as one text, written by the build and read at start-up: a line of JSON with the names of its
 * parts, then a line for each. A part is read when somebody looks at it: no run looks at all of them at once, and the
 * first frame of the wizard at one alone.
 */
import { casingOf } from './casing.ts';
import type { Catalogue } from './catalogue.ts';

const FORMAT: Catalogue['format'] = 1;

export function writeCompiled(catalogue: Catalogue): string {
  const parts = { ...catalogue, casing: casingOf(catalogue) };
  return [Object.keys(parts), ...Object.values(parts)].map(part => `${JSON.stringify(part)}\n`).join('');
}

/** Trusts its input: only {@link writeCompiled} makes such texts. */
export function readCompiled(text: string): Catalogue {
  const [names = '', ...parts] = text.split('\n');
  const catalogue = {};
  for (const [index, name] of (JSON.parse(names) as readonly string[]).entries()) {
    readLater(catalogue, name, parts[index] ?? '');
  }
  const read = catalogue as Catalogue;
  if (read.format !== FORMAT) {
    throw new Error(`the compiled content has format ${String(read.format)}, this program reads ${FORMAT}`);
  }
  return read;
}

function readLater(catalogue: object, name: string, part: string): void {
  let value: unknown;
  const get = () => {
    value ??= JSON.parse(part);
    return value;
  };
  Object.defineProperty(catalogue, name, { get, enumerable: true });
}
