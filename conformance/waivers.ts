/** Findings that stand, each with its reason: conformance/waivers/TOOL.yaml. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface Waiver {
  /** The name that the tool gives to its check. */
  readonly check: string;
  readonly reason: string;
}

export function waiversOf(tool: string): readonly Waiver[] {
  const file = join(import.meta.dirname, `waivers/${tool}.yaml`);
  if (!existsSync(file)) return [];
  const { waivers } = parse(readFileSync(file, 'utf8')) as { readonly waivers: readonly Waiver[] };
  return waivers;
}
