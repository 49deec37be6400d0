/** Loads the YAML of ours and of packs. A bundle of its own, since the compiled catalogue makes it unneeded in most runs. */
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { OWN_PACK } from '../content/catalogue.ts';
import type { Diagnostic } from '../content/diagnostic.ts';
import { type ContentFolder, loadCatalogue } from '../content/load.ts';
import { readPackFile } from '../content/pack-file.ts';
import type { Resolved } from '../content/resolve.ts';
import { readText } from './read-text.ts';

export function loadFromSource(root: string, version: string, packs: readonly string[]): Resolved {
  const diagnostics: Diagnostic[] = [];
  const folders = packs.map(folder => packIn(folder, diagnostics));
  const resolved = loadCatalogue([{ name: OWN_PACK, version, root }, ...folders]);
  if (diagnostics.length === 0) return resolved;
  return { ...resolved, catalogue: null, diagnostics: [...diagnostics, ...resolved.diagnostics] };
}

/** Named by its `pack.yaml`; without one by its folder. */
function packIn(folder: string, diagnostics: Diagnostic[]): ContentFolder {
  const unnamed = { name: basename(resolve(folder)), version: 'without version', root: folder };
  const file = join(folder, 'pack.yaml');
  if (!existsSync(file)) return unnamed;
  const read = readText(file);
  if ('problem' in read) {
    diagnostics.push(read.problem);
    return unnamed;
  }
  const named = readPackFile(read.text, file, diagnostics);
  return named === null ? unnamed : { ...named, root: folder };
}
