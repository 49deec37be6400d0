/** Who can reach the API of the clusters: the values of the infrastructure say it. */
import type { Choice } from '../module.ts';

export type ApiExposureOption = 'private' | 'allow-listed';

export const API_EXPOSURE = {
  private: { noFiles: true },
  'allow-listed': { noFiles: true },
} satisfies Record<ApiExposureOption, Choice>;
