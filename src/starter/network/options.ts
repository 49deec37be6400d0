/** Whose network the clusters stand in: what each option needs to be generated. */
import { byInfrastructure } from '../by-infrastructure.ts';
import type { Choice } from '../module.ts';

export type NetworkOption = 'create-network' | 'existing-network';

export const NETWORK = {
  'create-network': { noFiles: true },
  'existing-network': byInfrastructure(
    'network',
    'existing-network',
    'The network of these machines is made along with them: rules, ranges and routes of infra/ belong to it. A cluster whose control plane the cloud runs, and machines of AWS and Google, stand in one that is given.',
  ),
} satisfies Record<NetworkOption, Choice>;
