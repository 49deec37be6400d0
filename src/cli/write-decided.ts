/** The end of `decide` and `adr`: the tree is written or its plan shown, and with --json both come as data. */
import type { AdrSet } from '../adr/continue.ts';
import type { Catalogue } from '../content/catalogue.ts';
import type { FlagValues } from './arguments.ts';
import type { Decision } from './decide-all.ts';
import { decisionJson } from './decision-json.ts';
import { print, printJson, say } from './output.ts';
import { planJson } from './plan-json.ts';
import { targetOf } from './target.ts';
import {
  type Output,
  type Planned,
  type Producer,
  type Target,
  type WriteOutcome,
  writeOutput,
} from './write-tree.ts';

type Decided = Output & Pick<AdrSet, 'numbers' | 'standings'> & { readonly notes: readonly string[] };

export async function writeDecided<T extends Decided>(
  produce: Producer<T>,
  directory: string,
  place: Target['place'],
  flags: FlagValues,
  { decision, catalogue }: { readonly decision: Decision; readonly catalogue: Catalogue },
): Promise<WriteOutcome & Planned<T>> {
  const asJson = flags.json === true;
  const mode = flags['dry-run'] === true ? 'dry-run' : 'write';
  const outcome = await writeOutput(produce, targetOf(directory, place, flags), mode, asJson ? say : print);
  if (asJson) {
    const { plan, output, warnings, written } = outcome;
    const found = decisionJson(decision, catalogue, decision.flips, output ?? undefined);
    printJson({ ...found, plan: planJson(plan, written, [...warnings, ...(output?.notes ?? [])]) });
  }
  return outcome;
}
