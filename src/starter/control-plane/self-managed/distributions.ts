/** What each distribution needs to be generated. */
import type { Id } from '../../../content/catalogue.ts';
import type { NotGenerated } from '../../module.ts';
import type { StarterInput } from '../../part.ts';
import { addedByPack, answerOf, numberAnswer, pickOf } from '../../picks.ts';
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
  openshift: {
    notGenerated:
      'OpenShift brings most of what this repository would: its network, which is OVN-Kubernetes unless the installation names another, ingress, monitoring and updates belong to its operators. It gets records and no repository.',
  },
} satisfies Record<DistributionOption, Distribution | NotGenerated>;

const TOO_FEW_HOSTS: NotGenerated = {
  notGenerated:
    'One or two hosts are too few for what is generated here: what it writes stands in three copies, so that a host may be lost or replaced at any time. K3s on three is generated.',
};

export function distributionOf(input: StarterInput): Distribution | NotGenerated {
  const pick = pickOf(input.stack, 'distribution') ?? '';
  const table: Readonly<Record<Id, Distribution | NotGenerated>> = DISTRIBUTIONS;
  const own = answerOf(input.stack, 'cloud') === 'on-prem';
  if (pick === 'k3s' && own && numberAnswer(input.stack, 'hosts', 9) < 3) return TOO_FEW_HOSTS;
  return table[pick] ?? addedByPack(pick);
}
