/** How images are signed and verified: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { binaryAuthorization } from './binary-authorization.ts';
import { notaryProject } from './notary-project.ts';
import { sigstore } from './sigstore.ts';

export type ImageSigningOption = 'none' | 'binary-authorization' | 'sigstore' | 'notary-project';

export const IMAGE_SIGNING = {
  none: { noFiles: true },
  'binary-authorization': binaryAuthorization,
  sigstore,
  'notary-project': notaryProject,
} satisfies Record<ImageSigningOption, Choice>;
