/** What each network plugin needs to be generated. */
import { awsVpcCni } from './aws-vpc-cni.ts';
import { azureCniOverlay, azureCniPodSubnet } from './azure-cni.ts';
import { azureCniCilium } from './azure-cni-cilium.ts';
import { calico } from './calico.ts';
import { cilium } from './cilium.ts';
import type { CniChoice } from './cni.ts';
import { gkeDataplaneV2 } from './gke-dataplane-v2.ts';
import { ovnKubernetes } from './ovn-kubernetes.ts';

export type CniOption =
  | 'aws-vpc-cni'
  | 'azure-cni-overlay'
  | 'azure-cni-cilium'
  | 'azure-cni-pod-subnet'
  | 'gke-dataplane-v2'
  | 'cilium'
  | 'calico'
  | 'ovn-kubernetes';

export const CNIS = {
  'aws-vpc-cni': awsVpcCni,
  'azure-cni-overlay': azureCniOverlay,
  'azure-cni-cilium': azureCniCilium,
  'azure-cni-pod-subnet': azureCniPodSubnet,
  'gke-dataplane-v2': gkeDataplaneV2,
  cilium,
  calico,
  'ovn-kubernetes': ovnKubernetes,
} satisfies Record<CniOption, CniChoice>;
