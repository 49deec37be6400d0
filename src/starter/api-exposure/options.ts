/** Who can reach the API of the clusters: the values of the infrastructure say it, and a tunnel leads to a private one. */
import type { Contribution } from '../contribution.ts';
import type { Choice, ModuleInput, NotGenerated } from '../module.ts';
import { privateApi } from './private-api.ts';

export type ApiExposureOption = 'private' | 'allow-listed';

export const API_EXPOSURE = {
  private: privateApi,
  'allow-listed': allowListed,
} satisfies Record<ApiExposureOption, Choice>;

function allowListed({ foundation: { privateApi, api } }: ModuleInput): Contribution | NotGenerated {
  if (privateApi !== undefined) return { notGenerated: privateApi };
  if (api === undefined) return {};
  return {
    checks: [
      {
        decision: 'api-exposure',
        says: 'No cluster lets the whole internet come to its API.',
        command: `! grep -rhE '"(0\\.0\\.0\\.0/0|::/0)"' ${api.values}`,
        path: api.values,
      },
    ],
  };
}
