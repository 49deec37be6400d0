/** Cilium on AKS: an overlay between nodes, in a cluster that was made without a network plugin. */
import { overlayRange } from '../../control-plane/aks/addresses.ts';
import { NO_PLUGIN_OF_AZURE, onAks, WHILE_APPLYING_AKS } from '../aks.ts';
import { ciliumInstallation, INSTALLER } from './install-script.ts';
import { API_SERVER_MAP, type CiliumPlace } from './values.ts';

export const ciliumOnAks: CiliumPlace = {
  installer: INSTALLER,
  infrastructure: onAks(INSTALLER, input => ciliumInstallation(input, { apiServer: 'given' })),
  neighbours: 'Add-ons of Azure',
  whileApplying: WHILE_APPLYING_AKS(INSTALLER),
  checks: [NO_PLUGIN_OF_AZURE],
  services:
    'Cilium routes Services itself; the kube-proxy that AKS runs all the same finds nothing left to do.',
  values: input => ({
    k8sServiceHostRef: API_SERVER_MAP,
    k8sServicePort: 443,
    aksbyocni: { enabled: true },
    // AKS gives nodes no ranges of pods; Cilium divides the one that infra/aks names.
    ipam: {
      mode: 'cluster-pool',
      operator: { clusterPoolIPv4PodCIDRList: [overlayRange(input)], clusterPoolIPv4MaskSize: 24 },
    },
    routingMode: 'tunnel',
    tunnelProtocol: 'vxlan',
  }),
  addresses:
    'Pods get addresses of a range that no other network knows (`pod_cidr` of infra/aks), and are seen outside by the address of their node. AKS runs this cluster without a plugin of its own, and Microsoft does not help where it fails.',
};
