/** What machines of AWS are told of the clusters that Cilium joins them to: whose machines are let in, and at which ports. */
import { attribute, comment, gap, type HclBody, type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { joinsMachines, peersOf } from '../../cni/cilium/joined-clusters.ts';
import { joinedMachinesRanges } from '../../mesh/joined/ranges.ts';
import { betweenJoined } from '../self-managed/between-machines.ts';
import { asRules } from './guards.ts';

const NOTHING = hcl``;

export function joinedVariables(input: ClusterInput): readonly HclExpression[] {
  return joinsMachines(input) ? [joinedMachinesRanges()] : [];
}

export function joinedValues(input: ClusterInput, cluster: Cluster): HclBody {
  const peers = peersOf(input, cluster);
  if (!joinsMachines(input) || peers.length === 0) return [];
  return [
    gap,
    comment('Clusters that this one is joined to: docs/runbooks/clusters.md.'),
    attribute(
      'joined_cidrs',
      peers.map(({ vpcCidr }) => vpcCidr),
    ),
  ];
}

export function joinedLetIn(input: ClusterInput): HclExpression {
  if (!joinsMachines(input)) return NOTHING;
  return hcl`
locals {
  among_joined = ${asRules(betweenJoined(input))}
}

resource "aws_vpc_security_group_ingress_rule" "joined" {
  # checkov:skip=CKV_AWS_277: Messages of ICMP have no port, and come from machines of joined clusters alone.
  for_each = {
    for pair in setproduct(keys(local.among_joined), var.joined_cidrs) :
    "\${pair[0]} from \${pair[1]}" => { opening = local.among_joined[pair[0]], cidr = pair[1] }
  }

  security_group_id = aws_security_group.machine.id
  description       = "Joined clusters: \${each.key}"
  cidr_ipv4         = each.value.cidr
  ip_protocol       = each.value.opening.protocol
  from_port         = each.value.opening.from
  to_port           = each.value.opening.to
}
`;
}

export function joinedRuns(input: ClusterInput): HclExpression {
  return joinsMachines(input) ? RUN : NOTHING;
}

const RUN = hcl`
run "lets_joined_machines_in_alone" {
  command = plan

  variables {
    joined_cidrs = ["10.200.0.0/16"]
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.joined) == length(local.among_joined) && alltrue([for rule in aws_vpc_security_group_ingress_rule.joined : rule.cidr_ipv4 == "10.200.0.0/16"])
    error_message = "Machines of joined clusters are let in, and nobody else is."
  }
}
`;
