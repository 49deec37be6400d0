/** A decision as `--json` prints it: decisions.json as in the ADR folder, with conflicts and their fixes. */
import { decisionsJson } from '../adr/decisions-json.ts';
import { numberAdrs } from '../adr/number.ts';
import type { Catalogue } from '../content/catalogue.ts';
import type { Flip } from '../engine/outcome.ts';
import type { Decision } from './produce.ts';

export function decisionJson(
  { stack, flips, conflicts }: Decision,
  catalogue: Catalogue,
  shown: readonly Flip[] = flips,
): Readonly<Record<string, unknown>> {
  return { ...decisionsJson(stack, catalogue, shown, numberAdrs(stack, catalogue)), conflicts };
}
