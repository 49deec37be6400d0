/** What README, day two and the settings of checkov say of machines of AWS, and what scripts and pipelines do with them. */
import type { ClusterInput } from '../../cluster-input.ts';
import { comparedWithWhatWasBrought } from '../../egress/no-egress/bootstrap.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { AS_LINES } from '../as-lines.ts';
import type { ControlPlanePages, InfrastructurePipeline } from '../control-plane.ts';
import { copiedValues } from '../copied-values.ts';
import { accountStep } from '../eks/account-steps.ts';
import { EKS_PIPELINE } from '../eks/automation.ts';
import { eksRegistryWithin } from '../eks/carried-images.ts';
import { standsInExistingNetwork } from '../eks/existing-network.ts';
import { waitsForApply } from '../eks/made-up.ts';
import { EKS_WAIVERS } from '../eks/pages.ts';
import { awsPreflight } from '../eks/preflight.ts';
import { MACHINES } from '../eks/trust.ts';
import { zoneStep } from '../eks/zone.ts';
import { FILL_CLUSTER_VARS, fillStep } from '../fill-cluster-vars.ts';
import { hostsAndNetwork, READ_INVENTORY } from '../self-managed/bootstrap.ts';
import { CARRY_TO_HOSTS } from '../self-managed/carried-programs.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { HOSTS_FOLDER } from '../self-managed/inventory.ts';
import { windowsHosts } from '../self-managed/windows/hosts.ts';
import { awsMachines } from './place.ts';

/** Nine machines, and one more while one is replaced. */
const NEEDED_VCPUS = 40;
const OF_WINDOWS = 8;

export const MACHINES_PIPELINE: InfrastructurePipeline = {
  ...EKS_PIPELINE,
  folder: MACHINES,
  reads: [HOSTS_FOLDER],
};

export function machinePages(input: ClusterInput, { title, carried }: Distribution): ControlPlanePages {
  const [first] = input.clusters;
  const closed = wayOut(input) === 'none';
  return {
    firstSteps: [
      accountStep(input),
      ...zoneStep(input),
      `Look through \`${HOSTS_FOLDER}/${first.name}.conf\`: a machine for each line, its zone and its address${standsInExistingNetwork(input) ? ', which has to lie in the subnet that the owner of the network gives in that zone, and be free there' : ''}.`,
      `Copy ${copiedValues(MACHINES, first.name)}, and apply \`${MACHINES}\` with them.`,
      ...(waitsForApply(input) ? [fillStep(first.name, 'AWS')] : []),
      ...(closed && carried !== undefined
        ? [
            `Run \`${CARRY_TO_HOSTS} ${first.name}\` where the internet is, and put the line \`RELEASE_SHA256\` that it prints into the inventory: machines take ${title} from there.`,
          ]
        : []),
      `Run \`scripts/host-config.sh ${first.name}\`, which holds the inventory to its rules, makes what ${title} is told on each machine and puts it where the machine finds it (docs/runbooks/bootstrap.md).`,
    ],
    ...(waitsForApply(input) ? { filledBy: FILL_CLUSTER_VARS } : {}),
    nodeImages: '[a machine after the other](runbooks/host-upgrade.md)',
    patience: 'Nothing gives up by itself: the machine waits until somebody decides.',
    preflight: awsPreflight(input, NEEDED_VCPUS + (windowsHosts(input) === null ? 0 : OF_WINDOWS)),
    access: `Daily work needs no access to a cluster and none to a machine. Reading and repairing goes through groups of the identity provider; the
kubeconfig of the first machine is for the day on which that provider is down, and lies in a safe. Whoever used it says so where the team can read it.`,
    waivers: `${EKS_WAIVERS}${WAIVERS}${ISSUER_WAIVERS}`,
  };
}

const WAIVERS = `  # Machines fetch images, packages and time from addresses that change; what pods may reach is said by network policies.
  - CKV_AWS_382
  # A load balancer of this kind writes a log of TLS that it ends itself, and this one ends none.
  - CKV_AWS_91
  # Queries of a zone with one private name say nothing that flow logs do not.
  - CKV2_AWS_38
  - CKV2_AWS_39
`;

/** Of the bucket that AWS reads keys from. */
export const ISSUER_WAIVERS = `  # Keys by which tokens are checked are public by their nature; the bucket holds nothing else.
  - CKV_AWS_53
  - CKV_AWS_54
  - CKV_AWS_55
  - CKV_AWS_56
  - CKV2_AWS_6
  - CKV_AWS_70
  - CKV_AWS_145
`;

export function machineBootstrap(input: ClusterInput, distribution: Distribution): string {
  const closed = wayOut(input) === 'none';
  return `${closed ? comparedWithWhatWasBrought(MACHINES, 'docs/runbooks/bootstrap.md') : compared('Inventory and infrastructure say')}${READ_INVENTORY}
echo "== The cluster is that of the inventory, and gets its network"
${closed ? `${eksRegistryWithin(input).helmLogin}\n` : ''}${hostsAndNetwork(input, distribution, awsMachines(input))}
echo "== What AWS believes tokens of service accounts by"
for document in .well-known/openid-configuration openid/v1/jwks; do
  kubectl get --raw "/$document" |
    aws s3 cp - "s3://$(setting CLUSTER_NAME)-issuer-$(setting ACCOUNT_ID)/$document" --region "$(setting REGION)" --content-type application/json --only-show-errors
  curl --silent --show-error --fail --output /dev/null "$(setting ISSUER)/$document"
done
`;
}

/** `who` say the same as what manifests are filled from. */
export const compared = (
  who: string,
) => `echo "== ${who} the same as clusters/$cluster/variables/cluster-vars.yaml"
scripts/check-placeholders.sh ${MACHINES}/envs/"$cluster".tfvars ${MACHINES}/envs/"$cluster".tfbackend
tofu -chdir=${MACHINES} init -input=false -reconfigure -backend-config="envs/$cluster.tfbackend" >/dev/null
diff <(variables | sort) <(tofu -chdir=${MACHINES} output -json cluster_vars | ${AS_LINES} | sort)
`;

/** scripts/on-host.sh: a shell on a machine, or one command, without an open port. */
export const ON_HOST = `# A shell on a machine of a cluster, by Session Manager, or one command there.
#   scripts/on-host.sh <cluster> <machine> [command...]
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -ge 2 ] || { echo "usage: scripts/on-host.sh <cluster> <machine> [command...]" >&2; exit 2; }
inventory="${HOSTS_FOLDER}/$1.conf"
host="$2"
shift 2
setting() { sed -nE "s/^$1=(.*)$/\\1/p" "$inventory"; }
grep -qE "^$host +" "$inventory" || { echo "$inventory has no $host" >&2; exit 2; }
region="$(setting REGION)"
id="$(aws ec2 describe-instances --region "$region" --filters "Name=tag:Name,Values=$host" "Name=tag:cluster,Values=$(setting CLUSTER_NAME)" \\
  Name=instance-state-name,Values=running --query 'Reservations[].Instances[].InstanceId' --output text)"
[ -n "$id" ] || { echo "$host does not run" >&2; exit 1; }
if [ $# -eq 0 ]; then
  exec aws ssm start-session --region "$region" --target "$id"
fi
exec aws ssm start-session --region "$region" --target "$id" --document-name AWS-StartInteractiveCommand --parameters "command=[\\"$*\\"]"
`;
