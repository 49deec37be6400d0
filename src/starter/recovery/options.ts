/** What comes back after a loss, and how: what each option needs to be generated. */
import type { Choice } from '../module.ts';

export type RecoveryOption = 'backup-restore' | 'pilot-light' | 'warm-standby' | 'active-active';

export const RECOVERY = {
  'backup-restore': { noFiles: true },
  'pilot-light': { notGenerated: 'A second region that waits is not generated yet.' },
  'warm-standby': { notGenerated: 'A second region that runs is not generated yet.' },
  'active-active': { notGenerated: 'Regions that share the traffic are not generated yet.' },
} satisfies Record<RecoveryOption, Choice>;
