/** A decision as `--json` prints it: decisions.json as in the ADR folder, with conflicts and their fixes. */

import type { AdrSet } from '../adr/continue.ts';
import { decisionsJson } from '../adr/decisions-json.ts';
import { numberAdrs } from '../adr/number.ts';
import type { Catalogue } from '../content/catalogue.ts';
import type { Flip } from '../engine/outcome.ts';
import type { Decision } from './decide-all.ts';

export function decisionJson(
  { stack, flips, conflicts, figures }: Decision,
  catalogue: Catalogue,
  shown: readonly Flip[] = flips,
  records: Pick<AdrSet, 'numbers' | 'standings'> = {
    numbers: numberAdrs(stack, catalogue),
    standings: new Map(),
  },
): Readonly<Record<string, unknown>> {
  return { ...decisionsJson(stack, catalogue, shown, { ...records, figures }), conflicts };
}
