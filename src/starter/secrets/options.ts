/** How secrets reach the workloads: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { externalSecrets } from './external-secrets.ts';

export type SecretsOption = 'cloud-store' | 'external-secrets' | 'sops' | 'csi-driver' | 'vault';

export const SECRETS = {
  'external-secrets': externalSecrets,
  sops: { notGenerated: 'Encrypted files are not generated yet: nothing brings secrets into the cluster.' },
  'csi-driver': {
    notGenerated: 'The CSI driver for secrets is not generated yet: nothing brings secrets into the cluster.',
  },
  vault: { notGenerated: 'Vault is not generated yet: nothing brings secrets into the cluster.' },
  'cloud-store': { noFiles: true },
} satisfies Record<SecretsOption, Choice>;
