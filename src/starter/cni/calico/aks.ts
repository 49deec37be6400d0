/** Calico on AKS: an overlay between nodes, in a cluster that was made without a network plugin. */
import { overlayRange } from '../../control-plane/aks/addresses.ts';
import { NO_PLUGIN_OF_AZURE, onAks, WHILE_APPLYING_AKS } from '../aks.ts';
import { calicoInstallation } from './install-script.ts';
import { CALICO_INSTALLER, type CalicoPlace, OVERLAY_PAGES, overlaySays } from './place.ts';
import { overlayInstallation } from './pool.ts';

export const CALICO_ON_AKS: CalicoPlace = {
  role: 'network',
  says: overlaySays('there is a node that is ready'),
  infrastructure: onAks(CALICO_INSTALLER, input => calicoInstallation(input, { pods: 'in-values' })),
  installation: input =>
    overlayInstallation({ cidr: overlayRange(input), provider: 'AKS', dataPlane: 'Iptables' }),
  whileApplying: WHILE_APPLYING_AKS(CALICO_INSTALLER),
  checks: [NO_PLUGIN_OF_AZURE],
  pages: {
    ...OVERLAY_PAGES,
    opening:
      version => `Calico ${version} gives pods their network and enforces policies; kube-proxy, which AKS runs, routes Services. Pods get addresses of a range that no other
network knows (\`pod_cidr\` of infra/aks), travel between nodes in VXLAN (UDP 4789), and are seen outside by the address of their node. AKS runs this
cluster without a plugin of its own, and Microsoft does not help where it fails.

## How it came here

Without a network plugin no node becomes ready: delivery by Git cannot be the first to bring it. \`${CALICO_INSTALLER}\`, which Terraform calls once, therefore makes the two
namespaces and installs the charts of the CRDs and of the operator, and GitOps takes over the releases it finds. From then on the script does
nothing, and every change is a pull request.`,
  },
};
