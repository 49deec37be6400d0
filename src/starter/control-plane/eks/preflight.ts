/** What has to be free in an AWS account before a cluster is applied: quotas, addresses, the zone of its names. */

import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { RANGES_MEET } from '../ranges-meet.ts';
import { standsInExistingNetwork } from './existing-network.ts';
import { leadsToHouse } from './firewall.ts';
import { NODES, VCPUS } from './machines.ts';
import { hasSandboxNodes } from './sandbox-nodes.ts';
import { WINDOWS_NODES } from './windows-group.ts';
import { windowsNodes } from './windows-nodes.ts';
import { looksUpZone } from './zone.ts';

/** Nodes of every group. */
function nodesOf(input: ClusterInput): readonly number[] {
  return [
    NODES,
    NODES,
    ...(windowsNodes(input) === null ? [] : [WINDOWS_NODES]),
    ...(hasSandboxNodes(input) ? [NODES] : []),
  ];
}

/** An upgrade replaces nodes by one more in each group. */
export function eksPreflight(input: ClusterInput): string {
  const groups = nodesOf(input);
  const nodes = groups.reduce((sum, each) => sum + each, 0);
  return awsPreflight(input, (nodes + groups.length) * VCPUS, {
    more: groups.length * VCPUS,
    stands: STANDS,
  });
}

const STANDS = `  if aws eks describe-cluster --region "$region" --name "$(value cluster_name)" >/dev/null 2>&1; then stands=yes; fi
`;

/** A network that is there needs no addresses and no room for one more, and whether it meets others was asked when it was made. */
export function awsPreflight(
  input: ClusterInput,
  vcpus: number,
  { more, stands }: { readonly more: number; readonly stands: string } = { more: vcpus, stands: '' },
): string {
  const closed = wayOut(input) === 'none';
  const own = standsInExistingNetwork(input) ? '' : NETWORK;
  const addresses = own !== '' && wayOut(input) === 'nat' ? ADDRESSES : '';
  const attachment = leadsToHouse(input) ? attached(closed ? 'no-way-out' : 'way-out') : '';
  return `${before(stands, `${vcpus} ${more}`)}${addresses}${own}${attachment}${closed ? CARRIED_IN : looksUpZone(input) ? ZONE : 'fi\n'}`;
}

const before = (stands: string, vcpus: string) => `region="$(value region)"
if ! command -v aws >/dev/null || ! account="$(aws sts get-caller-identity --query Account --output text 2>/dev/null)"; then
  unknown 'quotas and addresses: aws is missing, or not signed in'
else
  if [ "$account" = "$(value account_id)" ]; then good "account $account"; else bad "signed in to $account, not to $(value account_id)"; fi
  quota() {
    aws service-quotas get-service-quota --region "$region" --service-code "$1" --quota-code "$2" --query Quota.Value --output text 2>/dev/null ||
      aws service-quotas get-aws-default-service-quota --region "$region" --service-code "$1" --quota-code "$2" --query Quota.Value --output text 2>/dev/null ||
      true
  }
${stands}  ec2() { aws ec2 "$@" --region "$region" --output text 2>/dev/null || true; }
  # What is left of a quota; nothing where either could not be asked.
  left() { if [ -n "$1" ] && [ -n "$2" ]; then awk "BEGIN { print $1 - $2 }"; fi; }
  cores="$(ec2 describe-instances --filters Name=instance-state-name,Values=running --query 'Reservations[].Instances[].[CpuOptions.CoreCount,CpuOptions.ThreadsPerCore]' | awk '{ sum += $1 * $2 } END { print sum + 0 }')"
  at_least 'vCPUs of on-demand instances' "$(left "$(quota ec2 L-1216C47A)" "$cores")" ${vcpus}
`;

const ADDRESSES = `  gateways=3
  if [ "$(value nat_gateways)" = one ]; then gateways=1; fi
  at_least 'Elastic IP addresses' "$(left "$(quota ec2 L-0263D0A3)" "$(ec2 describe-addresses --query 'length(Addresses)')")" "$gateways" 0
`;

const attached = (
  page: string,
) => `  attachment="$(ec2 describe-transit-gateway-vpc-attachments --filters "Name=transit-gateway-id,Values=$(value transit_gateway_id)" "Name=tag:Name,Values=$(value cluster_name)" --query 'TransitGatewayVpcAttachments[0].State')"
  case "$attachment" in
    available) good 'the attachment to the Transit Gateway is accepted' ;;
    ''|None) unknown 'the attachment to the Transit Gateway: it is made by the first apply' ;;
    *) bad "the attachment to the Transit Gateway is $attachment: docs/runbooks/${page}.md" ;;
  esac
`;

const NETWORK = `  at_least 'VPCs' "$(left "$(quota vpc L-F678F1CE)" "$(ec2 describe-vpcs --query 'length(Vpcs)')")" 1 0
${RANGES_MEET}
  own="$(value vpc_cidr)"
  for other in $(ec2 describe-vpcs --query "Vpcs[?not_null(Tags[?Key=='Name'].Value | [0], '') != '$(value cluster_name)'].CidrBlock"); do
    if meets "$own" "$other"; then bad "$own meets the VPC $other of the account: fine only while the two are never connected"; fi
  done
`;

/** The zone is made along with the network. */
const CARRIED_IN = `  registry="$(value account_id).dkr.ecr.$region.amazonaws.com"
  if ! command -v crane >/dev/null; then unknown 'what was carried in: crane is missing'
  elif crane digest "$registry/platform/source:$cluster" >/dev/null 2>&1; then good 'this repository was handed over'
  else bad 'this repository was not handed over: docs/runbooks/no-way-out.md'
  fi
fi
`;

const ZONE = `  zone="$(value dns_zone)"
  if aws route53 list-hosted-zones-by-name --dns-name "$zone" --query 'HostedZones[0].Name' --output text 2>/dev/null | grep -qx "$zone."
  then good "zone $zone"
  else bad "the zone $zone is not in Route 53 of this account"
  fi
fi
`;
