/** How a Secret that a part of the platform reads comes into the cluster where no store is copied from: a clause. */
import type { ModuleInput } from '../module.ts';
import { pickOf } from '../picks.ts';

const MOUNTING: readonly string[] = ['csi-driver', 'vault'];

export function secretPutThere({ stack }: Pick<ModuleInput, 'stack'>): string {
  return MOUNTING.includes(pickOf(stack, 'secrets') ?? '')
    ? 'by hand, since what mounts secrets into pods makes no such object'
    : 'by the way that this platform has for secrets';
}
