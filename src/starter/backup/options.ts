/** What is copied, and where to: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { providerBackup } from './provider-backup.ts';
import { velero } from './velero.ts';

export type BackupOption = 'none' | 'velero' | 'provider-backup';

export const BACKUP = {
  none: { noFiles: true },
  velero,
  'provider-backup': providerBackup,
} satisfies Record<BackupOption, Choice>;
