/** Who can reach the API of the clusters: the values of the infrastructure say it. */
import type { Contribution } from '../contribution.ts';
import type { Choice, NotGenerated } from '../module.ts';

export type ApiExposureOption = 'private' | 'allow-listed';

export const API_EXPOSURE = {
  private: { noFiles: true },
  'allow-listed': ({ foundation: { privateApi } }): Contribution | NotGenerated =>
    privateApi === undefined ? {} : { notGenerated: privateApi },
} satisfies Record<ApiExposureOption, Choice>;
