/** What only whoever sets up machines in Azure knows. */
import type { Placeholder } from '../../part.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { AKS_PLACEHOLDERS } from '../aks/placeholders.ts';

const OWN: readonly Omit<Placeholder, 'file'>[] = [
  {
    token: TOKENS.peopleNetworks,
    meaning:
      'Private networks from which people and pipelines reach the API and the machines, and the public addresses that they bring archives from; then take the comment out.',
    example: '10.200.0.0/16',
  },
  {
    token: TOKENS.hostKey,
    meaning:
      'Public half of an SSH key for machines, in the place of the example; then take the comment out.',
    example: 'ssh-ed25519 AAAAC3Nz… platform-team',
  },
  {
    token: TOKENS.talosImage,
    meaning: 'Whole id of the image of Talos in your subscription; then take the comment out.',
    example: '/subscriptions/…/resourceGroups/images/providers/Microsoft.Compute/images/talos-1-13',
  },
  {
    token: TOKENS.tokenIssuer,
    meaning:
      'ISSUER of the inventory: scripts/fill-cluster-vars.sh writes it once the infrastructure stands.',
    example: 'see the script',
  },
  {
    token: TOKENS.hostStore,
    meaning:
      'HOST_STORE of the inventory: scripts/fill-cluster-vars.sh writes it once the infrastructure stands.',
    example: 'see the script',
  },
];

export const MACHINE_PLACEHOLDERS: readonly Omit<Placeholder, 'file'>[] = [...AKS_PLACEHOLDERS, ...OWN];
