/** The packs of the fixtures: a sound one, and others that each break one thing beside it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue } from '../../src/content/catalogue.ts';
import { formatDiagnostic } from '../../src/content/diagnostic.ts';
import { loadCatalogue } from '../../src/content/load.ts';
import type { Resolved } from '../../src/content/resolve.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { prove } from '../../src/proof/prove.ts';

export const PACKS = join(import.meta.dirname, '../fixtures/packs');
export const DAY = '2026-11-20';
const SOUND = { name: 'chartroom', version: '1.0.0', root: join(PACKS, 'sound') };

export const brokenPacks = (): readonly string[] =>
  readdirSync(PACKS).filter(name => name !== 'sound' && name !== 'mistakes');

export interface Loaded extends Resolved {
  readonly catalogue: Catalogue;
}

export function loadPack(name: string): Loaded {
  const beside = name === 'sound' ? [] : [{ name, version: '1.0.0', root: join(PACKS, name) }];
  const resolved = loadCatalogue([SOUND, ...beside]);
  if (resolved.catalogue === null) throw new Error(resolved.diagnostics.map(formatDiagnostic).join('\n'));
  return { ...resolved, catalogue: resolved.catalogue };
}

export const proveLoaded = ({ catalogue, scenarios }: Loaded, day = DAY) =>
  prove(createEngine(catalogue), scenarios, day, () => undefined);
