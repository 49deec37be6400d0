/** What each distribution needs to be generated. */
import type { Id } from '../../../content/catalogue.ts';
import type { NotGenerated } from '../../module.ts';
import type { StarterInput } from '../../part.ts';
import { addedByPack, pickOf } from '../../picks.ts';
import type { Distribution } from './distribution.ts';
import { k3s } from './k3s.ts';
import { kubeadm } from './kubeadm.ts';
import { rke2 } from './rke2.ts';
import { talos } from './talos.ts';

export type DistributionOption = 'talos' | 'kubeadm' | 'rke2' | 'k3s' | 'openshift';

export const DISTRIBUTIONS = {
  rke2,
  talos,
  kubeadm,
  k3s,
  // Wherever it runs it is a control plane of its own kind, which is asked for before these are.
  openshift: {
    notGenerated:
      'OpenShift is made by an installer of its own, and by none of the ways in which hosts are set up here.',
  },
} satisfies Record<DistributionOption, Distribution | NotGenerated>;

export function distributionOf(input: StarterInput): Distribution | NotGenerated {
  const pick = pickOf(input.stack, 'distribution') ?? '';
  const table: Readonly<Record<Id, Distribution | NotGenerated>> = DISTRIBUTIONS;
  return table[pick] ?? addedByPack(pick);
}
