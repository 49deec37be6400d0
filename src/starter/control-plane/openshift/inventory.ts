/** infra/hosts/<cluster>.conf for OpenShift: what every inventory says, and what its installer asks of hosts beside that. */
import type { FileTree } from '../../../files/tree.ts';
import { hostOf } from '../../cidr.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { release } from '../../release.ts';
import { HOSTS_FOLDER, inventory } from '../self-managed/inventory.ts';
import { OWN_HOSTS } from '../self-managed/own-hosts.ts';
import type { HostPlace } from '../self-managed/place.ts';
import { givesAddresses } from './balancer-addresses.ts';

export function openshiftInventories(
  input: ClusterInput,
  variables: (cluster: Cluster) => Readonly<Record<string, string>>,
): FileTree {
  const { version } = release(input, 'openshift');
  return new Map(
    input.clusters.map(cluster => {
      const settings = {
        GATEWAY: hostOf(cluster.vpcCidr, 1),
        INGRESS_ADDRESS: hostOf(cluster.vpcCidr, 9),
        INSTALL_DISK: '/dev/sda',
        INTERFACE: 'eno1',
        NAME_SERVER: hostOf(cluster.vpcCidr, 2),
        OPENSHIFT_VERSION: version,
        TIME_SERVER: hostOf(cluster.vpcCidr, 3),
      };
      const text = inventory(input, cluster, placeOf(input), variables(cluster), settings);
      return [
        `${HOSTS_FOLDER}/${cluster.name}.conf`,
        withHardware(text.replace(/^KUBERNETES_VERSION=.*\n/m, '')),
      ];
    }),
  );
}

const SAYS = [
  `${TOKENS.hosts}: the addresses below are examples. Put your own into their place, then take this line out.`,
  '',
  'API_ADDRESS and INGRESS_ADDRESS belong to no host and move between them. API_NAME is the name of the first in your DNS, and has',
  'to be api.NAME.DOMAIN. The ranges of pods and Services never leave the cluster and cannot be changed later; 100.64.0.0/16 and',
  '100.88.0.0/16 are used within it as well. OPENSHIFT_VERSION: that of the installer.',
];

const BALANCERS = 'Nobody else hands out what lies in LOAD_BALANCER_RANGE: ask whoever runs DHCP.';

function placeOf(input: ClusterInput): HostPlace {
  return {
    ...OWN_HOSTS,
    settings: (_input, { vpcCidr }) => ({ API_ADDRESS: hostOf(vpcCidr, 10) }),
    says: givesAddresses(input) ? [...SAYS, BALANCERS] : SAYS,
  };
}

/** One line for each host, by which the installer knows it when it starts. */
function withHardware(text: string): string {
  const names = [...text.matchAll(/^([a-z0-9-]+) +[0-9.]+ +[a-z0-9-]+ +[a-z-]+$/gm)].map(
    ([, name = '']) => name,
  );
  const lines = names.map(
    (name, index) => `mac ${name} 02:00:00:00:00:${(index + 1).toString(16).padStart(2, '0')}`,
  );
  return `${text}\n# The hardware address of INTERFACE of each host.\n${lines.join('\n')}\n`;
}
