/** The registry of the cloud, for images of one's own and for copies of what others publish. */
import { collect } from '../collect.ts';
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { carriedRegistry } from './carried.ts';
import { UPSTREAMS } from './upstreams.ts';

const DECISION = 'registry';

export function mirror(input: ModuleInput): Contribution | NotGenerated {
  const { foundation } = input;
  const closed = carriedRegistry(input, DECISION);
  if (closed !== null) return closed;
  const registry = foundation.services?.registry;
  if (registry === undefined)
    return {
      notGenerated:
        foundation.services?.noRegistry ??
        'This control plane has no registry of its cloud that could keep copies: images come from the registries of their publishers.',
    };
  return collect([registry.repositories(DECISION), registry.mirror(DECISION, UPSTREAMS)]);
}
