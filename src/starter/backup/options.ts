/** What is copied, and where to: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { velero } from './velero.ts';

export type BackupOption = 'none' | 'velero' | 'provider-backup';

export const BACKUP = {
  none: { noFiles: true },
  velero,
  'provider-backup': {
    notGenerated:
      'The backup service of the cloud is not generated yet: volumes are kept when their claim goes, and nothing is copied anywhere.',
  },
} satisfies Record<BackupOption, Choice>;
