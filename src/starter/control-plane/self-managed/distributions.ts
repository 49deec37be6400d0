/** What each distribution needs to be generated. */
import type { Id } from '../../../content/catalogue.ts';
import type { NotGenerated } from '../../module.ts';
import type { Distribution } from './distribution.ts';
import { rke2 } from './rke2.ts';
import { talos } from './talos.ts';

export type DistributionOption = 'talos' | 'kubeadm' | 'rke2' | 'k3s' | 'openshift';

const TABLE = {
  rke2,
  talos,
  kubeadm: {
    notGenerated:
      'The configuration of kubeadm is not generated yet; RKE2 on the same hosts and Talos Linux are.',
  },
  k3s: {
    notGenerated:
      'K3s is for one or two hosts, and nothing here fits on them: three copies over three racks need nine hosts, six at least.',
  },
  openshift: {
    notGenerated:
      'OpenShift brings most of what this repository would: network, ingress, monitoring and updates belong to its operators. It gets records and no repository.',
  },
} satisfies Record<DistributionOption, Distribution | NotGenerated>;

export const DISTRIBUTIONS: Readonly<Record<Id, Distribution | NotGenerated>> = TABLE;
