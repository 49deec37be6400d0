/** Loads the YAML of ours and of packs. A bundle of its own, since the compiled catalogue makes it unneeded in most runs. */
import { basename, resolve } from 'node:path';
import { loadCatalogue } from '../content/load.ts';

export function loadFromSource(root: string, version: string, packs: readonly string[]) {
  const folders = packs.map(folder => ({ name: basename(resolve(folder)), version: 'local', root: folder }));
  return loadCatalogue([{ name: 'chartroom', version, root }, ...folders]);
}
