/** The small pack of the fixtures, alone or with a second pack of a few files beside it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Catalogue } from '../../src/content/catalogue.ts';
import { formatDiagnostic } from '../../src/content/diagnostic.ts';
import { loadCatalogue } from '../../src/content/load.ts';
import type { Resolved } from '../../src/content/resolve.ts';

export const FIXTURES = join(import.meta.dirname, '../fixtures/content');
export const SMALL = { name: 'small', version: '1.0.0', root: join(FIXTURES, 'small') };

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder with these files, removed when the test ends. */
export function folderWith(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'content-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

export function loadWith(files: Files): Resolved & { readonly found: readonly string[] } {
  const root = folderWith(files);
  const resolved = loadCatalogue([SMALL, { name: 'extra', version: '0.1.0', root }]);
  return { ...resolved, found: inShort(resolved, root) };
}

/** The findings as they are printed, with short paths. */
export function inShort({ diagnostics }: Resolved, root: string): readonly string[] {
  return diagnostics.map(diagnostic =>
    formatDiagnostic(diagnostic).replaceAll(SMALL.root, 'small').replaceAll(root, 'extra'),
  );
}

export function catalogueOf({ catalogue, diagnostics }: Resolved): Catalogue {
  if (!catalogue) throw new Error(diagnostics.map(formatDiagnostic).join('\n'));
  return catalogue;
}
