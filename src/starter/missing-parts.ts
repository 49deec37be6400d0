/** What a decision's pick stands for, or a note of why nothing is generated for it. */
import type { Id } from '../content/catalogue.ts';
import type { MissingPart, NotGenerated } from './module.ts';
import type { StarterInput } from './part.ts';
import { chosen, pickOf } from './picks.ts';

export function partOf<T extends object>(
  input: StarterInput,
  decision: Id,
  table: Readonly<Record<Id, T | NotGenerated>>,
  missing: MissingPart[],
): T | null {
  const pick = pickOf(input.stack, decision);
  return pick === null ? null : generated(chosen(table, pick), decision, pick, missing);
}

/** The entry; null where nothing is generated, with its reason among what is missing. */
export function generated<T extends object>(
  entry: T | NotGenerated,
  decision: Id,
  pick: Id,
  missing: MissingPart[],
): T | null {
  if (!('notGenerated' in entry)) return entry;
  missing.push({ decision, pick, because: entry.notGenerated });
  return null;
}
