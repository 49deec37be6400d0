/** Hosts of one's own: three racks in one network of layer 2, where an address moves to whoever serves the API. */
import { hostOf } from '../../cidr.ts';
import type { Cluster } from '../../cluster-input.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import type { HostPlace } from './place.ts';

/** The last addresses of the hosts' network. */
export function balancerRange({ vpcCidr }: Cluster): string {
  return `${hostOf(vpcCidr, 200).replace(/\.\d+$/, '.192')}/26`;
}

export const OWN_HOSTS: HostPlace = {
  domain: 'rack',
  domains: () => ['rack-a', 'rack-b', 'rack-c'],
  address: ({ vpcCidr }, role, domain) => hostOf(vpcCidr, 11 + role * 10 + domain),
  api: 'API_ADDRESS',
  settings: (_input, cluster) => ({
    API_ADDRESS: hostOf(cluster.vpcCidr, 10),
    LOAD_BALANCER_RANGE: balancerRange(cluster),
  }),
  says: [
    `${TOKENS.hosts}: the addresses below are examples. Put your own into their place, then take this line out.`,
    '',
    'API_ADDRESS moves between the hosts of the control plane; API_NAME is its name in your DNS. The ranges of pods and Services',
    'never leave the cluster and cannot be changed later. KUBERNETES_VERSION: the newest patch of this minor.',
  ],
  machines: null,
};
