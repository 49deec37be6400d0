/** api.tf: the name of the API, the load balancers behind it, and with guards.ts who may reach machines at which port. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { looksUpZone } from '../eks/zone.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { amongMachines, guards } from './guards.ts';
import { joinedLetIn } from './joined.ts';

export function api(input: ClusterInput, distribution: Distribution): HclExpression {
  const { api: apiPorts } = distribution.ports;
  const closed = wayOut(input) === 'none';
  return hcl`
locals {
  api_ports = ${Object.fromEntries(apiPorts.map(port => [String(port), port]))}

${closed ? WITHIN : WITHIN_AND_LISTED}

  # People and pipelines ask one port; by the others machines join.
  listeners = {
    for pair in setproduct(keys(local.balancers), keys(local.api_ports)) :
    "\${pair[0]}-\${pair[1]}" => { balancer = pair[0], port = local.api_ports[pair[1]] } if pair[0] == "within" || pair[1] == "6443"
  }
  targets = {
    for pair in setproduct(keys(local.listeners), keys(local.control_plane)) :
    "\${pair[0]}-\${pair[1]}" => { listener = pair[0], host = pair[1] }
  }

  groups_of_role = {
    control-plane = [aws_security_group.machine.id, aws_security_group.control_plane.id]
    system        = [aws_security_group.machine.id]
    workload      = [aws_security_group.machine.id]
  }
  among_machines = ${amongMachines(input, distribution)}
}

${guards(distribution, closed ? 'closed' : 'open')}${joinedLetIn(input)}
resource "aws_lb" "api" {
  for_each = local.balancers

  name                             = "\${substr(var.cluster_name, 0, 20)}-api-\${each.key}"
  internal                         = each.value.internal
  load_balancer_type               = "network"
  subnets                          = each.value.subnets
  security_groups                  = [aws_security_group.balancer[each.key].id]
  enable_cross_zone_load_balancing = true
  enable_deletion_protection       = true
}

resource "aws_lb_target_group" "api" {
  for_each = local.listeners

  name                 = "\${substr(var.cluster_name, 0, 20)}-\${each.key}"
  vpc_id               = local.vpc_id
  target_type          = "ip"
  protocol             = "TCP"
  port                 = each.value.port
  deregistration_delay = 60

  # With the address of the client kept, a machine of the control plane could not ask itself by this way.
  preserve_client_ip = false

  health_check {
    protocol            = "TCP"
    interval            = 10
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }
}

resource "aws_lb_target_group_attachment" "api" {
  for_each = local.targets

  target_group_arn = aws_lb_target_group.api[each.value.listener].arn
  target_id        = local.control_plane[each.value.host].address
  port             = local.listeners[each.value.listener].port
}

resource "aws_lb_listener" "api" {
  for_each = local.listeners

  load_balancer_arn = aws_lb.api[each.value.balancer].arn
  protocol          = "TCP"
  port              = each.value.port

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api[each.key].arn
  }
}

# A zone that holds this one name and is known in this network alone.
resource "aws_route53_zone" "api" {
  name    = local.api_name
  comment = "The API of \${var.cluster_name}, within its network"

  vpc {
    vpc_id = local.vpc_id
  }
}

resource "aws_route53_record" "api" {
  zone_id = aws_route53_zone.api.zone_id
  name    = local.api_name
  type    = "A"

  alias {
    name                   = aws_lb.api["within"].dns_name
    zone_id                = aws_lb.api["within"].zone_id
    evaluate_target_health = false
  }
}
${closed ? NOTHING : looksUpZone(input) ? NAME_OF_LISTED : ADDRESS_OF_LISTED}`;
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };

const WITHIN = hcl`  balancers = { within = { internal = true, subnets = local.node_subnet_ids } }`;
const WITHIN_AND_LISTED = hcl`  # Within the network always; from the internet for networks on the list, where there is one.
  balancers = merge(
    { within = { internal = true, subnets = local.node_subnet_ids } },
    length(var.api_allowed_cidrs) > 0 ? { listed = { internal = false, subnets = local.public_subnet_ids } } : {},
  )`;

const ADDRESS_OF_LISTED = hcl`
output "api_listed" {
  description = "What the name of the API leads to outside, in name servers of the house; null while no network is on the list."
  value       = try(aws_lb.api["listed"].dns_name, null)
}
`;

const NAME_OF_LISTED = hcl`
resource "aws_route53_record" "api_listed" {
  count = length(var.api_allowed_cidrs) > 0 ? 1 : 0

  zone_id = data.aws_route53_zone.main.zone_id
  name    = local.api_name
  type    = "A"

  alias {
    name                   = aws_lb.api["listed"].dns_name
    zone_id                = aws_lb.api["listed"].zone_id
    evaluate_target_health = false
  }
}
`;
