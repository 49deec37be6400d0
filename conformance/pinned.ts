/** Versions of the tools that a starter names too: those of recommendations/releases.yaml, so that both run the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Releases {
  readonly kubernetes: readonly { readonly minor: string }[];
  readonly tools: readonly { readonly id: string; readonly version: string }[];
}

const releases = parse(
  readFileSync(join(import.meta.dirname, '../recommendations/releases.yaml'), 'utf8'),
) as Releases;

export function pinned(id: string): string {
  const found = releases.tools.find(tool => tool.id === id);
  if (found === undefined) throw new Error(`releases.yaml has no tool ${id}`);
  return found.version;
}
