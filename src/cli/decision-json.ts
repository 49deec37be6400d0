/** A decision as `--json` prints it: decisions.json as in the ADR folder, with conflicts and their fixes. */
import { decisionsJson } from '../adr/decisions-json.ts';
import { type AdrLink, numberAdrs } from '../adr/number.ts';
import type { Catalogue, Id } from '../content/catalogue.ts';
import type { Flip } from '../engine/outcome.ts';
import type { Decision } from './decide-all.ts';

export function decisionJson(
  { stack, flips, conflicts }: Decision,
  catalogue: Catalogue,
  shown: readonly Flip[] = flips,
  numbers: ReadonlyMap<Id, AdrLink> = numberAdrs(stack, catalogue),
): Readonly<Record<string, unknown>> {
  return { ...decisionsJson(stack, catalogue, shown, numbers), conflicts };
}
