/** How clusters get new minors: what each option needs to be generated. */
import type { Choice } from '../module.ts';

export type UpgradesOption = 'planned-minors' | 'release-channel' | 'extended-support';

export const UPGRADES = {
  'planned-minors': { noFiles: true },
  'release-channel': {
    notGenerated: 'Release channels are not generated yet: the minor is a value that is changed by hand.',
  },
  'extended-support': {
    notGenerated: 'Extended support is not generated yet: the cluster refuses to enter it.',
  },
} satisfies Record<UpgradesOption, Choice>;
