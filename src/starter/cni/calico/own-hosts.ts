/** Calico on hosts and machines that manage themselves: an overlay between them; kube-proxy stays, and on hosts of one's own MetalLB hands out addresses of the house. */
import type { Distribution } from '../../control-plane/self-managed/distribution.ts';
import { windowsHosts } from '../../control-plane/self-managed/windows/hosts.ts';
import type { StarterInput } from '../../part.ts';
import { installScriptOnHosts } from '../install-script.ts';
import { metalLb } from '../metal-lb.ts';
import { calicoByRke2 } from './by-rke2.ts';
import { calicoInstallation } from './install-script.ts';
import {
  CALICO_DECISION,
  CALICO_INSTALLER,
  CALICO_OPERATOR,
  CALICO_VALUES,
  type CalicoPlace,
  OVERLAY_PAGES,
  overlaySays,
} from './place.ts';
import { overlayInstallation } from './pool.ts';

const BY_METALLB =
  'What is\nreached from outside gets one of the addresses that the inventory sets aside: [load-balancer-addresses](load-balancer-addresses.md).';
const BY_THE_CLOUD = 'What is reached from outside\nis reached by load balancers of the cloud.';

export function calicoOnOwnHosts(input: StarterInput, distribution: Distribution): CalicoPlace {
  return { ...overlayOf(input, distribution, BY_METALLB), beside: input => [metalLb(input)] };
}

/** Addresses that are reached from outside come from load balancers of the cloud. */
export function calicoOnMachines(input: StarterInput, distribution: Distribution): CalicoPlace {
  return overlayOf(input, distribution, BY_THE_CLOUD);
}

/** `fromOutside`: how Services are reached; a sentence. */
function overlayOf(stack: StarterInput, { title, calico }: Distribution, fromOutside: string): CalicoPlace {
  if (windowsHosts(stack) !== null) return calicoByRke2(fromOutside);
  return {
    role: 'network',
    says: overlaySays('a host is ready'),
    infrastructure: input => ({
      files: new Map([
        [CALICO_INSTALLER, installScriptOnHosts(input, calicoInstallation(input, { pods: 'given' }))],
      ]),
      nodesWaitFor: [],
      addons: [],
    }),
    installation: overlayInstallation({ cidr: '${POD_CIDR}', ...calico }),
    checks: [
      {
        decision: CALICO_DECISION,
        says: 'Calico is the network, without routes that hosts would have to be told of.',
        command: `grep -q '^    bgp: Disabled$' ${CALICO_VALUES}`,
        path: CALICO_VALUES,
      },
    ],
    pages: {
      ...OVERLAY_PAGES,
      opening:
        version => `Calico ${version} gives pods their network and enforces policies; kube-proxy, which ${title} brings, routes Services. Pods get addresses of a range that no
other network knows (\`POD_CIDR\` of the inventory), travel between hosts in VXLAN (UDP 4789), and are seen outside by the address of their host. ${fromOutside}

## How it came here

Without a network plugin no host becomes ready: delivery by Git cannot be the first to bring it. \`${CALICO_INSTALLER}\` therefore makes the two namespaces, installs the
charts of the CRDs and of the operator once, with \`${CALICO_VALUES}\` and the range of the cluster, and GitOps takes over the releases it finds:
\`helm -n ${CALICO_OPERATOR} history calico\` shows an upgrade that changes nothing. From then on the script does nothing, and every change is a pull request.

NetworkManager, where hosts run it, leaves these interfaces alone: \`unmanaged-devices=interface-name:cali*;interface-name:vxlan.calico\` in its configuration.`,
    },
  };
}
