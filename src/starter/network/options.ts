/** Whose network the clusters stand in: what each option needs to be generated. */
import { byInfrastructure } from '../by-infrastructure.ts';
import type { Choice } from '../module.ts';

export type NetworkOption = 'create-network' | 'existing-network';

export const NETWORK = {
  'create-network': { noFiles: true },
  'existing-network': byInfrastructure(
    'network',
    'existing-network',
    'The pods of this network plugin have a range of their own in the network, which only whoever makes the network can add: infra/ makes one of its own. With AWS VPC CNI the cluster stands in the one that is given.',
  ),
} satisfies Record<NetworkOption, Choice>;
