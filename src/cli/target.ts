/** Where `decide` and `adr` write, from their flags. */
import type { FlagValues } from './arguments.ts';
import type { Target } from './write-tree.ts';

/** Where and how `decide` and `adr` were told to write. */
export function targetOf(directory: string, place: Target['place'], flags: FlagValues): Target {
  return {
    directory,
    place,
    form: flags.format === 'nygard' || flags.format === 'madr' ? flags.format : null,
    existing: flags['into-existing'] === true ? 'join' : 'refuse',
    edited: flags.edited === 'beside' ? 'beside' : 'merge',
  };
}
