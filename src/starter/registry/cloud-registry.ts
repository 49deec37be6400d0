/** The registry of the cloud for images of one's own; those of others come from where they are. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { carriedRegistry } from './carried.ts';

const DECISION = 'registry';

export function cloudRegistry(input: ModuleInput): Contribution | NotGenerated {
  const { foundation } = input;
  const closed = carriedRegistry(input, DECISION);
  if (closed !== null) return closed;
  const registry = foundation.services?.registry;
  return registry === undefined
    ? {
        notGenerated:
          foundation.services?.noRegistry ??
          'A hosted registry is made at whoever runs it, and nodes on hosts of your own have no identity there: images come from where they are. Harbor is what this repository expects on such hosts.',
      }
    : registry.repositories(DECISION);
}
