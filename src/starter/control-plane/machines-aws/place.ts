/** Machines of AWS: three zones, the API behind a load balancer, archives and snapshots in a bucket. */
import { hostOf, partOf } from '../../cidr.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { isClosedInCloud } from '../../egress/no-egress/closed.ts';
import type { StarterInput } from '../../part.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { clusterTitle } from '../eks/title.ts';
import type { CloudMachines, HostPlace } from '../self-managed/place.ts';
import { ECR_SIGN_IN } from './registry-sign-in.ts';

export const ON_HOST_SCRIPT = 'scripts/on-host.sh';

/** As the infrastructure names it; public, since AWS reads it like anybody else. */
export function issuerOf(input: ClusterInput, cluster: Cluster): string {
  return `https://${clusterTitle(input, cluster)}-issuer-${TOKENS.account}.s3.${cluster.region}.amazonaws.com`;
}

const PROGRAMS_AND_SHELL: CloudMachines = {
  tools: ['aws'],
  upload: `
upload() {
  aws s3 cp "$1" "s3://$(setting CLUSTER_NAME)-hosts-$(setting ACCOUNT_ID)/$2" --region "$(setting REGION)" --only-show-errors
}`,
  providerId: `
# What AWS calls the machine of a name.
provider_id() {
  local id
  id="$(aws ec2 describe-instances --region "$(setting REGION)" --filters "Name=tag:Name,Values=$1" "Name=tag:cluster,Values=$(setting CLUSTER_NAME)" \\
    Name=instance-state-name,Values=pending,running --query 'Reservations[].Instances[].InstanceId' --output text)"
  case "$id" in
    i-*) echo "aws:///$2/$id" ;;
    *) echo "no machine is called $1: apply infra/machines first" >&2; return 1 ;;
  esac
}`,
  readFile: path =>
    `${ON_HOST_SCRIPT} CLUSTER HOST sudo cat ${path} | tr -d '\\r' | grep -E '^(apiVersion|kind|current-context|preferences|clusters|contexts|users|[- ] *[a-z-])'`,
  shell: `${ON_HOST_SCRIPT} CLUSTER HOST`,
  replace: `tofu -chdir=infra/machines apply -var-file=envs/CLUSTER.tfvars -replace='aws_instance.machine["HOST"]'`,
  windows: {
    look: `\`${ON_HOST_SCRIPT} CLUSTER HOST\` gives a PowerShell on it; \`C:\\host\` holds what it was given.`,
    replace: `tofu -chdir=infra/machines apply -var-file=envs/CLUSTER.tfvars -replace='aws_instance.windows["HOST"]'`,
  },
  store: 'the bucket `CLUSTER_NAME-hosts-ACCOUNT_ID`',
  registrySignIn: ECR_SIGN_IN,
  timeServers: ['169.254.169.123'],
};

const MACHINES: HostPlace = {
  domain: 'zone',
  domains: ({ region }) => [`${region}a`, `${region}b`, `${region}c`],
  // Each zone has a quarter of the network.
  address: ({ vpcCidr }, role, domain) => hostOf(partOf(vpcCidr, 4, domain), 11 + role * 10),
  api: 'API_NAME',
  settings: (input, cluster) => ({
    ACCOUNT_ID: TOKENS.account,
    CLUSTER_NAME: clusterTitle(input, cluster),
    ISSUER: issuerOf(input, cluster),
    REGION: cluster.region,
  }),
  says: [
    '',
    'infra/machines makes a machine for each line below: at its address, in its zone. The first four addresses of a subnet belong to AWS, and the',
    'three zones have to be three that the account has. API_NAME leads to the load balancer before the control plane. The ranges of pods and',
    'Services never leave the cluster and cannot be changed later. KUBERNETES_VERSION: the newest patch of this minor. ISSUER: where AWS reads',
    'the keys of service accounts.',
  ],
  machines: PROGRAMS_AND_SHELL,
};

export function awsMachines(input: Pick<StarterInput, 'stack'>): HostPlace {
  return isClosedInCloud(input)
    ? { ...MACHINES, machines: { ...PROGRAMS_AND_SHELL, programs: 'carried' } }
    : MACHINES;
}
