/** What README, day two and preflight say of OpenShift on hosts of one's own. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { ControlPlanePages } from '../control-plane.ts';
import { HOSTS_FOLDER } from '../self-managed/inventory.ts';

export function openshiftPages({ clusters }: ClusterInput): ControlPlanePages {
  const [{ name }] = clusters;
  return {
    firstSteps: [
      `Fill in \`${HOSTS_FOLDER}/${name}.conf\`: addresses, hardware addresses, racks and roles of its hosts, and nothing else by hand.`,
      'Make the names in your DNS, and have a driver for block storage, an object storage, name servers, a subscription and its pull secret ready (docs/runbooks/bootstrap.md lists what is expected of each).',
      `Run \`scripts/host-config.sh ${name}\`, which holds the inventory to its rules and writes what the installer reads, make the image with it and start every host from that (docs/runbooks/bootstrap.md).`,
    ],
    nodeImages: '[hosts](runbooks/host-upgrade.md), with each upgrade of OpenShift',
    patience: 'Nothing gives up by itself: the host waits until somebody decides.',
    preflight: PREFLIGHT,
    access: `Daily work needs no access to a cluster and none to a host. Reading and repairing goes through groups of the identity provider (\`oc login --web\`); the
kubeconfig of the installer is for the day on which that provider is down, and lies in a safe. Whoever used it says so where the team can read it.`,
    waivers: NUMBERS_WAIVER,
  };
}

/** Of checkov. */
export const NUMBERS_WAIVER = `  # OpenShift gives each namespace a range of numbers, and refuses workloads that bring one of their own.
  - CKV_K8S_40
`;

const PREFLIGHT = `leads_to() {
  if [ "$(getent hosts "$1" | awk 'NR == 1 { print $1 }')" = "$2" ]
  then good "$1 is $2"
  else bad "$1 does not lead to $2: make the record before the first host starts"
  fi
}
api="$(value API_NAME)"
leads_to "$api" "$(value API_ADDRESS)"
leads_to "console-openshift-console.apps.\${api#api.}" "$(value INGRESS_ADDRESS)"
at_least "hosts of the control plane" "$(grep -c ' control-plane$' "$values")" 3
`;
