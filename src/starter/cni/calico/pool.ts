/** Calico as the network: an overlay of VXLAN between nodes, over a range of addresses that nobody outside knows. */
import type { HelmValues } from '../../contribution.ts';

/** All that the operator would fill in by itself stands here: a list has one owner, and two would write it in turns. */
export function overlayPool(cidr: string) {
  return {
    name: 'default-ipv4-ippool',
    cidr,
    encapsulation: 'VXLAN',
    natOutgoing: 'Enabled',
    nodeSelector: 'all()',
    blockSize: 26,
    disableBGPExport: false,
    disableNewAllocations: false,
    allowedUses: ['Workload', 'Tunnel'],
    assignmentMode: 'Automatic',
  } as const;
}

export interface Overlay {
  readonly cidr: string;
  /** As the operator names it; empty where it knows none. */
  readonly provider: '' | 'AKS' | 'RKE2';
  /** In which form kube-proxy writes its rules: both have to be of one form. */
  readonly dataPlane: 'Iptables' | 'Nftables';
}

export function overlayInstallation({ cidr, provider, dataPlane }: Overlay): HelmValues {
  return {
    kubernetesProvider: provider,
    cni: { type: 'Calico', ipam: { type: 'Calico' } },
    calicoNetwork: {
      bgp: 'Disabled',
      linuxDataplane: dataPlane,
      nodeAddressAutodetectionV4: { kubernetes: 'NodeInternalIP' },
      ipPools: [overlayPool(cidr)],
    },
  };
}
