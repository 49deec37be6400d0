/** Of api.tf: who may reach machines of AWS, and the load balancers before the API, at which port. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { encryptionOf } from '../../cni/cilium/values.ts';
import { pickOf } from '../../picks.ts';
import type { Distribution } from '../self-managed/distribution.ts';

interface Opening {
  /** ESP by its number. */
  readonly protocol: 'tcp' | 'udp' | '50';
  readonly from: number;
  readonly to?: number;
}

/** What the agents of a network plugin say to one another, and what is read of them. */
const BY_PLUGIN: Readonly<Record<string, Readonly<Record<string, Opening>>>> = {
  cilium: {
    'pods-by-vxlan': { protocol: 'udp', from: 8472 },
    'health-of-cilium': { protocol: 'tcp', from: 4240 },
    hubble: { protocol: 'tcp', from: 4244 },
    'metrics-of-cilium': { protocol: 'tcp', from: 9962, to: 9965 },
  },
  calico: {
    'pods-by-vxlan': { protocol: 'udp', from: 4789 },
    typha: { protocol: 'tcp', from: 5473 },
    'metrics-of-calico': { protocol: 'tcp', from: 9091 },
  },
};
/** Between nodes whose traffic is encrypted; ESP has no ports. */
const ENCRYPTED = {
  cilium: {
    wireguard: { wireguard: { protocol: 'udp', from: 51871 } },
    ipsec: { ipsec: { protocol: '50', from: -1 } },
  },
  calico: { wireguard: { wireguard: { protocol: 'udp', from: 51820 } }, ipsec: {} },
} satisfies Readonly<
  Record<string, Readonly<Record<'wireguard' | 'ipsec', Readonly<Record<string, Opening>>>>>
>;

function encrypted(input: ClusterInput): Readonly<Record<string, Opening>> {
  const by = encryptionOf(input);
  if (by === null) return {};
  return ENCRYPTED[pickOf(input.stack, 'cni') === 'calico' ? 'calico' : 'cilium'][by];
}

/** Between all machines. */
export function amongMachines(input: ClusterInput, { ports }: Distribution) {
  const cni = pickOf(input.stack, 'cni') ?? '';
  const own = Object.fromEntries(
    ports.among.map((port): [string, Opening] => [`distribution-${port}`, { protocol: 'tcp', from: port }]),
  );
  const openings: Readonly<Record<string, Opening>> = {
    kubelet: { protocol: 'tcp', from: 10250 },
    'metrics-of-nodes': { protocol: 'tcp', from: 9100 },
    ...BY_PLUGIN[cni],
    ...encrypted(input),
    ...own,
  };
  return Object.fromEntries(
    Object.entries(openings).map(([name, { protocol, from, to = from }]) => [name, { protocol, from, to }]),
  );
}

export function guards({ ports: { setUp } }: Distribution): HclExpression {
  return hcl`
resource "aws_security_group" "balancer" {
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

resource "aws_vpc_security_group_ingress_rule" "api_from_listed" {
  for_each = var.api_allowed_cidrs

  security_group_id = aws_security_group.balancer["listed"].id
  description       = "The API, from a network on the list"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 6443
  to_port           = 6443
}

resource "aws_vpc_security_group_egress_rule" "balancer_to_api" {
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
  for_each = local.among_machines

  security_group_id            = aws_security_group.machine.id
  description                  = "Between machines: \${each.key}"
  referenced_security_group_id = aws_security_group.machine.id
  ip_protocol                  = each.value.protocol
  from_port                    = each.value.from < 0 ? null : each.value.from
  to_port                      = each.value.to < 0 ? null : each.value.to
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
${setUp.length === 0 ? NOTHING : setUpRule(setUp)}
# What pods may reach is said by network policies; machines fetch images, packages and time.
resource "aws_vpc_security_group_egress_rule" "machine" {
  security_group_id = aws_security_group.machine.id
  description       = "By the NAT gateway of the zone"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}
`;
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };

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
