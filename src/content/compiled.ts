/**
 * The checked catalogue as one text, written by the build and read at start-up: two lines of JSON. The second one holds
 * what many runs never look at; it is read when somebody does.
 */
import { casingOf } from './casing.ts';
import type { Catalogue } from './catalogue.ts';

const FORMAT: Catalogue['format'] = 1;
const LATER = ['facts', 'presets'] as const;

export function writeCompiled(catalogue: Catalogue): string {
  const { facts, presets, ...now } = { ...catalogue, casing: casingOf(catalogue) };
  return `${JSON.stringify(now)}\n${JSON.stringify({ facts, presets })}\n`;
}

/** Trusts its input: only {@link writeCompiled} makes such texts. */
export function readCompiled(text: string): Catalogue {
  const end = text.indexOf('\n');
  const catalogue = JSON.parse(text.slice(0, end)) as Catalogue;
  if (catalogue.format !== FORMAT) {
    throw new Error(
      `the compiled content has format ${String(catalogue.format)}, this program reads ${FORMAT}`,
    );
  }
  let rest: Pick<Catalogue, (typeof LATER)[number]> | null = null;
  for (const key of LATER) {
    const get = () => {
      rest ??= JSON.parse(text.slice(end)) as Pick<Catalogue, (typeof LATER)[number]>;
      return rest[key];
    };
    Object.defineProperty(catalogue, key, { get, enumerable: true });
  }
  return catalogue;
}
