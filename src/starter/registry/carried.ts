/** The registry of a cloud in a network without a way out: images of one's own, and copies that somebody carries in. */
import type { Id } from '../../content/catalogue.ts';
import { collect } from '../collect.ts';
import type { Contribution } from '../contribution.ts';
import { isClosedInCloud } from '../egress/no-egress/closed.ts';
import type { ModuleInput } from '../module.ts';

/** Null where the network is open. */
export function carriedRegistry(input: ModuleInput, decision: Id): Contribution | null {
  const registry = input.foundation.services?.registry;
  if (!isClosedInCloud(input) || registry?.within === undefined) return null;
  return collect([registry.repositories(decision), registry.within.repositories(decision)]);
}
