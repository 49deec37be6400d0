/** How people get into the clusters: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { oidcGroups } from './oidc-groups.ts';

export type HumanAccessOption = 'oidc-groups' | 'oidc-groups-jit';

export const HUMAN_ACCESS = {
  'oidc-groups': oidcGroups,
  'oidc-groups-jit': {
    notGenerated:
      'Access on request is not generated yet: access is given to the administrators of the infrastructure alone.',
  },
} satisfies Record<HumanAccessOption, Choice>;
