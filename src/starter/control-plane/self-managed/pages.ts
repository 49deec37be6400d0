/** What README, day two and the settings of checkov say of clusters on hosts of one's own. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { ControlPlanePages } from '../control-plane.ts';
import type { Distribution } from './distribution.ts';
import { HOSTS_FOLDER } from './inventory.ts';

export function selfManagedPages({ clusters }: ClusterInput, { title }: Distribution): ControlPlanePages {
  const [{ name }] = clusters;
  return {
    firstSteps: [
      `Fill in \`${HOSTS_FOLDER}/${name}.conf\`: addresses, racks and roles of its hosts, and nothing else by hand.`,
      `Run \`scripts/host-config.sh ${name}\`, which holds the inventory to its rules and makes the configuration of every host, and set the hosts up with it (docs/runbooks/bootstrap.md).`,
      'Have a driver for block storage, an object storage and name servers ready: a cluster without a cloud brings none of them (docs/runbooks/bootstrap.md lists what is expected of each).',
    ],
    nodeImages: `docs/runbooks/host-upgrade.md (${title})`.replace(
      'docs/runbooks/host-upgrade.md',
      '[hosts](runbooks/host-upgrade.md)',
    ),
    patience: 'Nothing gives up by itself: the host waits until somebody decides.',
    preflight: PREFLIGHT,
    access: `Daily work needs no access to a cluster and none to a host. Reading and repairing goes through groups of the identity provider; the
kubeconfig of the first host is for the day on which that provider is down, and lies in a safe. Whoever used it says so where the team can read it.`,
    waivers: '',
  };
}

const PREFLIGHT = `name="$(value API_NAME)"
if [ "$(getent hosts "$name" | awk 'NR == 1 { print $1 }')" = "$(value API_ADDRESS)" ]
then good "$name is $(value API_ADDRESS)"
else bad "$name does not lead to $(value API_ADDRESS): make the record before the first host starts"
fi
at_least "hosts of the control plane" "$(grep -c ' control-plane$' "$values")" 3
unknown "addresses of LOAD_BALANCER_RANGE: nobody else may hand them out; ask whoever runs DHCP"
`;
