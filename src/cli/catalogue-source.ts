/** Where the catalogue comes from: the JSON beside the bundle; in a source checkout, or with packs, the YAML. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import type { Catalogue } from '../content/catalogue.ts';
import { readCompiled } from '../content/compiled.ts';
import type { Diagnostic } from '../content/diagnostic.ts';
import type { Resolved } from '../content/resolve.ts';

let given: Resolved | null = null;

/** For a test that runs commands within itself: our own content, read before, until it is null again. */
export function giveCatalogue(content: Resolved | null): void {
  given = content;
}

export async function readCatalogue(
  packs: readonly string[],
): Promise<{ catalogue: Catalogue | null; diagnostics: readonly Diagnostic[] }> {
  const compiled = join(import.meta.dirname, 'catalogue.json');
  if (packs.length === 0 && existsSync(compiled)) {
    return { catalogue: readCompiled(readFileSync(compiled, 'utf8')), diagnostics: [] };
  }
  return readSourceCatalogue(packs);
}

/** Always from the YAML, with the scenarios and the places where things are written. */
export async function readSourceCatalogue(packs: readonly string[]): Promise<Resolved> {
  if (packs.length === 0 && given !== null) return given;
  const { loadFromSource } = await import('./source-catalogue.ts');
  return loadFromSource(ownRoot(join(import.meta.dirname, 'catalogue.json')), version, packs);
}

/** dist/ lies one folder below the root of the package, src/cli/ two. */
function ownRoot(compiled: string): string {
  return join(import.meta.dirname, existsSync(compiled) ? '..' : '../..');
}
