/** How clusters get new minors: what each option needs to be generated. */
import { byInfrastructure } from '../by-infrastructure.ts';
import type { Choice } from '../module.ts';

export type UpgradesOption = 'planned-minors' | 'release-channel' | 'extended-support';

export const UPGRADES = {
  'planned-minors': { noFiles: true },
  'release-channel': byInfrastructure(
    'upgrades',
    'release-channel',
    'Release channels are not generated yet: the minor is a value that is changed by hand.',
  ),
  'extended-support': byInfrastructure(
    'upgrades',
    'extended-support',
    'Extended support is not generated yet: the cluster refuses to enter it.',
  ),
} satisfies Record<UpgradesOption, Choice>;
