/** What comes back after a loss, and how: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { secondPlace } from './second-place.ts';

export type RecoveryOption = 'backup-restore' | 'pilot-light' | 'warm-standby' | 'active-active';

export const RECOVERY = {
  'backup-restore': { noFiles: true },
  'pilot-light': secondPlace,
  'warm-standby': secondPlace,
  'active-active': {
    notGenerated:
      'Regions that share the traffic are not generated: a balancer would have to stand before both, and data would have to be written in both, which is a matter of each workload.',
  },
} satisfies Record<RecoveryOption, Choice>;
