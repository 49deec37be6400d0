/** Where the images of a cluster come from, as the registry was chosen. */
import { isClosedInCloud } from '../egress/no-egress/closed.ts';
import type { ModuleInput } from '../module.ts';
import { pickOf } from '../picks.ts';
import { HARBOR } from './harbor.ts';

/** What stands in front of copies of what others publish; null where they come from their publishers. */
export function mirrorAddress({ stack, foundation }: ModuleInput): string | null {
  const pick = pickOf(stack, 'registry');
  if (isClosedInCloud({ stack })) return foundation.services?.registry?.address ?? null;
  if (pick === 'harbor') return HARBOR;
  return pick === 'mirror' ? (foundation.services?.registry?.address ?? null) : null;
}
