/** edge.tf: the one way in. Load balancer, certificate, redirect, web application firewall. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import { FIREWALL } from './firewall.ts';
import type { Settings } from './settings.ts';

export const edge = ({ closed }: Settings): HclExpression =>
  together(loadBalancer(closed ? INSIDE : EITHER), FIREWALL);

interface Exposure {
  readonly decided: HclExpression;
  readonly internal: HclExpression;
  readonly subnets: HclExpression;
  readonly clients: HclExpression;
}
const EITHER: Exposure = {
  decided: hcl`internet = var.exposure == "internet"

# A load balancer has a name of at most 32 characters.`,
  internal: hcl`!local.internet`,
  subnets: hcl`local.internet ? aws_subnet.public : aws_subnet.private`,
  clients: hcl`local.internet ? ["0.0.0.0/0"] : var.client_ranges`,
};
const INSIDE: Exposure = {
  decided: hcl`# A load balancer has a name of at most 32 characters.`,
  internal: hcl`true`,
  subnets: hcl`aws_subnet.private`,
  clients: hcl`var.client_ranges`,
};

const loadBalancer = ({ decided, internal, subnets, clients }: Exposure) => hcl`
locals {
  ${decided}
  short = trimsuffix(substr(var.name, 0, 24), "-")

  # Two per service: one serves, the other takes the next version.
  groups = merge([for name in keys(local.services) : {
    for colour in ["blue", "green"] : "\${name}-\${colour}" => { service = local.services[name], colour = colour }
  }]...)

  # Who may open a connection at all.
  client_ranges = ${clients}
}

# Asked for and proven by infra/bootstrap, and renewed by AWS for as long as its DNS record stands.
data "aws_acm_certificate" "main" {
  domain      = var.domain
  statuses    = ["ISSUED"]
  types       = ["AMAZON_ISSUED"]
  most_recent = true
}

resource "aws_security_group" "edge" {
  name        = "\${var.name}-edge"
  description = "Load balancer: HTTP and HTTPS in, to services out."
  vpc_id      = aws_vpc.main.id
  tags        = { Name = "\${var.name}-edge" }
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  for_each = toset(local.client_ranges)

  security_group_id = aws_security_group.edge.id
  description       = "HTTPS."
  cidr_ipv4         = each.key
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_ingress_rule" "http" {
  # checkov:skip=CKV_AWS_260: Port 80 answers with a redirect to HTTPS and nothing else.
  for_each = toset(local.client_ranges)

  security_group_id = aws_security_group.edge.id
  description       = "HTTP, for the redirect alone."
  cidr_ipv4         = each.key
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_vpc_security_group_egress_rule" "edge_to_web" {
  for_each = local.services

  security_group_id            = aws_security_group.edge.id
  description                  = "To \${each.key}."
  referenced_security_group_id = aws_security_group.web[each.key].id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_ingress_rule" "web_from_edge" {
  for_each = local.services

  security_group_id            = aws_security_group.web[each.key].id
  description                  = "From the load balancer."
  referenced_security_group_id = aws_security_group.edge.id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_lb" "main" {
  # checkov:skip=CKV2_AWS_76: Log4Shell is blocked by AWSManagedRulesKnownBadInputsRuleSet. The list of anonymous addresses, which the check wants beside it, would shut out users of VPNs.
  name                       = local.short
  load_balancer_type         = "application"
  internal                   = ${internal}
  subnets                    = [for subnet in ${subnets} : subnet.id]
  security_groups            = [aws_security_group.edge.id]
  drop_invalid_header_fields = true
  desync_mitigation_mode     = "strictest"
  enable_deletion_protection = var.deletion_protection
  enable_waf_fail_open       = false

  access_logs {
    bucket  = "\${var.name}-\${var.account_id}-access-logs"
    prefix  = "edge"
    enabled = true
  }
}

resource "aws_lb_target_group" "web" {
  # checkov:skip=CKV_AWS_378: TLS ends at the load balancer; tasks take connections from it alone, within this network.
  for_each = local.groups

  # At most 32 characters: web-green-1a2b.
  name                          = "\${each.key}-\${substr(sha1(var.name), 0, 4)}"
  port                          = each.value.service.port
  protocol                      = "HTTP"
  protocol_version              = each.value.service.grpc ? "GRPC" : "HTTP1"
  target_type                   = "ip"
  vpc_id                        = aws_vpc.main.id
  deregistration_delay          = 30
  load_balancing_algorithm_type = "least_outstanding_requests"

  health_check {
    path                = each.value.service.grpc ? "/grpc.health.v1.Health/Check" : each.value.service.readiness_path
    matcher             = each.value.service.grpc ? "0" : "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.main.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
  certificate_arn   = data.aws_acm_certificate.main.arn

  routing_http_response_strict_transport_security_header_value = "max-age=31536000"

  # A request for another name, or for the bare address, is sent to the domain.
  default_action {
    type = "redirect"

    redirect {
      host        = var.domain
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.main.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener_rule" "web" {
  # No two rules are for one host, so any order of theirs will do.
  for_each = local.services

  listener_arn = aws_lb_listener.https.arn

  action {
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.web["\${each.key}-blue"].arn
        weight = 100
      }

      target_group {
        arn    = aws_lb_target_group.web["\${each.key}-green"].arn
        weight = 0
      }
    }
  }

  condition {
    host_header {
      values = [each.value.host]
    }
  }

  # Weights are ECS's to change, with each deployment.
  lifecycle {
    ignore_changes = [action]
  }
}
`;
