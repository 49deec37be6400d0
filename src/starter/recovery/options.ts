/** What comes back after a loss, and how: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { allServe } from './all-serve.ts';
import { secondPlace } from './second-place.ts';

export type RecoveryOption = 'backup-restore' | 'pilot-light' | 'warm-standby' | 'active-active';

export const RECOVERY = {
  'backup-restore': { noFiles: true },
  'pilot-light': secondPlace,
  'warm-standby': secondPlace,
  'active-active': allServe,
} satisfies Record<RecoveryOption, Choice>;
