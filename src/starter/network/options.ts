/** Whose network the clusters stand in: what each option needs to be generated. */
import { byInfrastructure } from '../by-infrastructure.ts';
import type { Choice } from '../module.ts';

export type NetworkOption = 'create-network' | 'existing-network';

export const NETWORK = {
  'create-network': { noFiles: true },
  'existing-network': byInfrastructure(
    'network',
    'existing-network',
    'Clusters in a network that exists are not generated yet: infra/ makes one of its own.',
  ),
} satisfies Record<NetworkOption, Choice>;
