/** The table of releases, read from the sources as they are. */
import { resolve } from 'node:path';
import type { Releases } from '../../src/content/catalogue.ts';
import { loadCatalogue } from '../../src/content/load.ts';

function load(): Releases {
  const root = resolve(import.meta.dirname, '../..');
  const { catalogue, diagnostics } = loadCatalogue([{ name: 'chartroom', version: '0', root }]);
  if (catalogue === null) throw new Error(JSON.stringify(diagnostics[0]));
  return catalogue.releases;
}

export const RELEASES: Releases = load();
