/** The record of what is not a choice but a default, and of every deviation from it. */
import type { AdrInput } from './input.ts';
import type { Library } from './library.ts';
import type { AdrRecord } from './record.ts';

export function platformDefaults(_input: AdrInput, _library: Library): readonly AdrRecord[] {
  return [];
}
