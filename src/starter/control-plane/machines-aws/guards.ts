/** Of api.tf: who may reach machines of AWS, and the load balancers before the API, at which port. */
import { type HclExpression, type HclValue, hcl, hclCode } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { betweenMachines, type Opening, type Openings } from '../self-managed/between-machines.ts';
import type { Distribution } from '../self-managed/distribution.ts';

export function amongMachines(input: ClusterInput, distribution: Distribution): HclValue {
  return asRules(betweenMachines(input, distribution));
}

/** AWS knows ESP by its number, and asks for the kind of ICMP in the place of ports. */
export function asRules(openings: Openings): HclValue {
  return Object.fromEntries(Object.entries(openings).map(([name, opening]) => [name, rule(opening)]));
}

function rule(opening: Opening): HclValue {
  if ('from' in opening) return { ...opening, to: opening.to ?? opening.from };
  return opening.protocol === 'esp'
    ? { protocol: '50', from: null, to: null }
    : { protocol: 'icmp', from: -1, to: -1 };
}

/** `network`: whether something outside is on a list of those who may reach the API, and by which way machines get out. */
export function guards({ ports: { setUp } }: Distribution, network: 'open' | 'closed'): HclExpression {
  return hcl`
resource "aws_security_group" "balancer" {
  # checkov:skip=CKV2_AWS_5: The load balancer of the same key has it (api.tf), which the scanner does not follow.
  for_each = local.balancers

  name_prefix = "\${var.cluster_name}-api-\${each.key}-"
  description = "Load balancer before the API of the cluster"
  vpc_id      = local.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "api_from_network" {
  for_each = local.api_ports

  security_group_id = aws_security_group.balancer["within"].id
  description       = "The API and joining, from the network of the cluster"
  cidr_ipv4         = var.vpc_cidr
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
}

${network === 'closed' ? NOTHING : FROM_LISTED}resource "aws_vpc_security_group_egress_rule" "balancer_to_api" {
  for_each = local.listeners

  security_group_id            = aws_security_group.balancer[each.value.balancer].id
  description                  = "To the control plane"
  referenced_security_group_id = aws_security_group.control_plane.id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

# The one group with the tag by which the load balancer controller finds where it opens ports of Services.
resource "aws_security_group" "machine" {
  name_prefix = "\${var.cluster_name}-machine-"
  description = "Machines of the cluster"
  vpc_id      = local.vpc_id
  tags        = { "kubernetes.io/cluster/\${var.cluster_name}" = "owned" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "control_plane" {
  name_prefix = "\${var.cluster_name}-control-plane-"
  description = "Machines of the control plane"
  vpc_id      = local.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "among_machines" {
  # checkov:skip=CKV_AWS_277: Messages of ICMP have no port, and come from machines of this cluster alone.
  for_each = local.among_machines

  security_group_id            = aws_security_group.machine.id
  description                  = "Between machines: \${each.key}"
  referenced_security_group_id = aws_security_group.machine.id
  ip_protocol                  = each.value.protocol
  from_port                    = each.value.from
  to_port                      = each.value.to
}

resource "aws_vpc_security_group_ingress_rule" "api_from_machines" {
  for_each = local.api_ports

  security_group_id            = aws_security_group.control_plane.id
  description                  = "The API, from machines that know its members"
  referenced_security_group_id = aws_security_group.machine.id
  ip_protocol                  = "tcp"
  from_port                    = each.value
  to_port                      = each.value
}

resource "aws_vpc_security_group_ingress_rule" "api_from_balancer" {
  for_each = local.listeners

  security_group_id            = aws_security_group.control_plane.id
  description                  = "The API, from its load balancer"
  referenced_security_group_id = aws_security_group.balancer[each.value.balancer].id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_ingress_rule" "etcd" {
  security_group_id            = aws_security_group.control_plane.id
  description                  = "etcd, among its members"
  referenced_security_group_id = aws_security_group.control_plane.id
  ip_protocol                  = "tcp"
  from_port                    = 2379
  to_port                      = 2380
}
${setUp.length === 0 ? NOTHING : setUpRule(setUp)}${setUp.length === 0 || network === 'open' ? NOTHING : setUpFromHouse(setUp)}
${network === 'closed' ? WITHIN : OUT}
resource "aws_vpc_security_group_egress_rule" "machine" {
  security_group_id = aws_security_group.machine.id
  description       = ${network === 'closed' ? 'What has a route' : 'By the way out of the network'}
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}
`;
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };
const OUT = hclCode(
  '# What pods may reach is said by network policies; machines fetch images, packages and time.',
);
const WITHIN = hclCode(
  '# What pods may reach is said by network policies; no route of this network leads beyond it and the house.',
);

const FROM_LISTED = hcl`resource "aws_vpc_security_group_ingress_rule" "api_from_listed" {
  for_each = var.api_allowed_cidrs

  security_group_id = aws_security_group.balancer["listed"].id
  description       = "The API, from a network on the list"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 6443
  to_port           = 6443
}

`;

const setUpRule = ([port = 0]: readonly number[]) => hcl`
resource "aws_vpc_security_group_ingress_rule" "set_up" {
  security_group_id = aws_security_group.machine.id
  description       = "talosctl, from the network of the cluster"
  cidr_ipv4         = var.vpc_cidr
  ip_protocol       = "tcp"
  from_port         = ${port}
  to_port           = ${port}
}
`;

const setUpFromHouse = ([port = 0]: readonly number[]) => hcl`
resource "aws_vpc_security_group_ingress_rule" "set_up_people" {
  for_each = var.people_ranges

  security_group_id = aws_security_group.machine.id
  description       = "talosctl, from the house"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = ${port}
  to_port           = ${port}
}
`;
