/** What only the owner of the projects knows. */
import type { Placeholder } from '../../part.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { GKE_PLACEHOLDERS } from '../gke/placeholders.ts';

const OF_GKE_ALONE: readonly string[] = [TOKENS.viewerRole, TOKENS.givenControlPlaneSubnet];

export const MACHINE_PLACEHOLDERS: readonly Omit<Placeholder, 'file'>[] = [
  ...GKE_PLACEHOLDERS.filter(({ token }) => !OF_GKE_ALONE.includes(token)),
  {
    token: TOKENS.givenProxySubnet,
    meaning: 'Name of the subnet that Google runs its proxies in.',
    example: 'proxies',
  },
  {
    token: TOKENS.machineImage,
    meaning: 'The image of Talos in your project; replace the whole value.',
    example: 'projects/acme-shop-production/global/images/talos-1-13-9',
  },
];
