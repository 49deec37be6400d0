/** The registry of the cloud for images of one's own; those of others come from where they are. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';

const DECISION = 'registry';

export function cloudRegistry({ foundation }: ModuleInput): Contribution | NotGenerated {
  const registry = foundation.services?.registry;
  return registry === undefined
    ? { notGenerated: 'A registry is not generated for this cloud yet: images come from where they are.' }
    : registry.repositories(DECISION);
}
