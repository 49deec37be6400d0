/** How images are signed and verified: what each option needs to be generated. */
import type { Choice } from '../module.ts';

export type ImageSigningOption = 'none' | 'sigstore' | 'notary-project';

export const IMAGE_SIGNING = {
  none: { noFiles: true },
  sigstore: { notGenerated: 'Verifying signatures of Sigstore is not generated yet: images run unverified.' },
  'notary-project': {
    notGenerated: 'Verifying signatures of the Notary Project is not generated yet: images run unverified.',
  },
} satisfies Record<ImageSigningOption, Choice>;
