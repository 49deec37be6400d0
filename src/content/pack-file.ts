/** `pack.yaml` at the root of a pack: what it is called, and which version of it this is. */
import * as z from 'zod/mini';
import type { Diagnostic } from './diagnostic.ts';
import { id, version } from './schema-parts.ts';
import { checkShape } from './shape.ts';
import { readYaml } from './yaml.ts';

export const packFile = z.strictObject({ pack: id, version });

export interface PackName {
  readonly name: string;
  readonly version: string;
}

/** Null after its problems were added to `diagnostics`. */
export function readPackFile(text: string, file: string, diagnostics: Diagnostic[]): PackName | null {
  const { source, diagnostics: found } = readYaml(text, file);
  diagnostics.push(...found);
  const shape = source && checkShape(source, [], packFile, diagnostics);
  return shape && { name: shape.pack, version: shape.version };
}
