/** How secrets reach the workloads: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { csiDriver } from './csi-driver.ts';
import { externalSecrets } from './external-secrets.ts';
import { sops } from './sops.ts';
import { vault } from './vault.ts';

export type SecretsOption = 'cloud-store' | 'external-secrets' | 'sops' | 'csi-driver' | 'vault';

export const SECRETS = {
  'external-secrets': externalSecrets,
  sops,
  'csi-driver': csiDriver,
  vault,
  'cloud-store': { noFiles: true },
} satisfies Record<SecretsOption, Choice>;
