/** The checked catalogue as one JSON text, written by the build and read at start-up. */
import type { Catalogue } from './catalogue.ts';

const FORMAT: Catalogue['format'] = 1;

export function writeCompiled(catalogue: Catalogue): string {
  return `${JSON.stringify(catalogue)}\n`;
}

/** Trusts its input: only {@link writeCompiled} makes such texts. */
export function readCompiled(text: string): Catalogue {
  const catalogue = JSON.parse(text) as Catalogue;
  if (catalogue.format !== FORMAT) {
    throw new Error(
      `the compiled content has format ${String(catalogue.format)}, this program reads ${FORMAT}`,
    );
  }
  return catalogue;
}
