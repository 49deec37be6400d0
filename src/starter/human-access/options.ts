/** How people get into the clusters: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { oidcGroups } from './oidc-groups.ts';
import { oidcGroupsJit } from './oidc-groups-jit.ts';

export type HumanAccessOption = 'oidc-groups' | 'oidc-groups-jit';

export const HUMAN_ACCESS = {
  'oidc-groups': oidcGroups,
  'oidc-groups-jit': oidcGroupsJit,
} satisfies Record<HumanAccessOption, Choice>;
