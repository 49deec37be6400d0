/** Google Cloud: what its command line knows as beta alone is called so, or it is no command. */
import type { CrossCheck } from './cross-check.ts';

const BETA_ALONE = [
  'container backup-restore',
  'container binauthz attestations sign-and-create',
  'services identity',
];

export const gcloudTracks: CrossCheck = {
  code: 'gcloud-tracks',
  says: 'Commands of gcloud that are beta alone say so.',
  check: tree =>
    [...tree].flatMap(([file, text]) =>
      BETA_ALONE.filter(command => text.includes(`gcloud ${command}`)).map(command => ({
        code: 'gcloud-tracks',
        place: file,
        message: `gcloud ${command} is no command without beta`,
      })),
    ),
};
