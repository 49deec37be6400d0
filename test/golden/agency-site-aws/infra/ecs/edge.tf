# Follows ADR-0018 (docs/adr/0018-platform-defaults-safe-from-the-first-day.md).
# Load balancer, certificate, redirect and web application firewall.

locals {
  internet = var.exposure == "internet"

  # A load balancer has a name of at most 32 characters.
  short = trimsuffix(substr(var.name, 0, 24), "-")

  # Two per service: one serves, the other takes the next version.
  groups = merge([for name in keys(local.services) : {
    for colour in ["blue", "green"] : "${name}-${colour}" => { service = local.services[name], colour = colour }
  }]...)

  # Who may open a connection at all.
  client_ranges = local.internet ? ["0.0.0.0/0"] : var.client_ranges
}

# Asked for and proven by infra/bootstrap, and renewed by AWS for as long as its DNS record stands.
data "aws_acm_certificate" "main" {
  domain      = var.domain
  statuses    = ["ISSUED"]
  types       = ["AMAZON_ISSUED"]
  most_recent = true
}

resource "aws_security_group" "edge" {
  name        = "${var.name}-edge"
  description = "Load balancer: HTTP and HTTPS in, to services out."
  vpc_id      = aws_vpc.main.id
  tags        = { Name = "${var.name}-edge" }
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
  description                  = "To ${each.key}."
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
  internal                   = !local.internet
  subnets                    = [for subnet in local.internet ? aws_subnet.public : aws_subnet.private : subnet.id]
  security_groups            = [aws_security_group.edge.id]
  drop_invalid_header_fields = true
  desync_mitigation_mode     = "strictest"
  enable_deletion_protection = var.deletion_protection
  enable_waf_fail_open       = false

  access_logs {
    bucket  = "${var.name}-${var.account_id}-access-logs"
    prefix  = "edge"
    enabled = true
  }
}

resource "aws_lb_target_group" "web" {
  # checkov:skip=CKV_AWS_378: TLS ends at the load balancer; tasks take connections from it alone, within this network.
  for_each = local.groups

  # At most 32 characters: web-green-1a2b.
  name                          = "${each.key}-${substr(sha1(var.name), 0, 4)}"
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
        arn    = aws_lb_target_group.web["${each.key}-blue"].arn
        weight = 100
      }

      target_group {
        arn    = aws_lb_target_group.web["${each.key}-green"].arn
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

locals {
  # What is attacked everywhere; each rule group knows few false alarms.
  waf_groups = {
    AWSManagedRulesAmazonIpReputationList = 10
    AWSManagedRulesCommonRuleSet          = 30
  }
}

resource "aws_wafv2_web_acl" "edge" {
  name        = "${var.name}-edge"
  description = "Web application firewall and rate limit."
  scope       = "REGIONAL"

  default_action {
    allow {}
  }

  dynamic "rule" {
    for_each = local.waf_groups

    content {
      name     = rule.key
      priority = rule.value

      override_action {
        dynamic "count" {
          for_each = var.waf_preview ? [1] : []
          content {}
        }

        dynamic "none" {
          for_each = var.waf_preview ? [] : [1]
          content {}
        }
      }

      statement {
        managed_rule_group_statement {
          name        = rule.key
          vendor_name = "AWS"
        }
      }

      visibility_config {
        cloudwatch_metrics_enabled = true
        metric_name                = rule.key
        sampled_requests_enabled   = true
      }
    }
  }

  rule {
    name     = "requests-per-client"
    priority = 1

    action {
      block {}
    }

    statement {
      rate_based_statement {
        limit                 = var.requests_per_minute
        evaluation_window_sec = 60
        aggregate_key_type    = "IP"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "requests-per-client"
      sampled_requests_enabled   = true
    }
  }

  # Flaws that are attacked everywhere, Log4Shell first: blocked even where the rest is only counted.
  rule {
    name     = "AWSManagedRulesKnownBadInputsRuleSet"
    priority = 20

    override_action {
      none {}
    }

    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesKnownBadInputsRuleSet"
        vendor_name = "AWS"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "AWSManagedRulesKnownBadInputsRuleSet"
      sampled_requests_enabled   = true
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "${var.name}-edge"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_association" "edge" {
  resource_arn = aws_lb.main.arn
  web_acl_arn  = aws_wafv2_web_acl.edge.arn
}

# Names of log groups of the firewall have to begin this way.
resource "aws_cloudwatch_log_group" "waf" {
  name              = "aws-waf-logs-${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = data.aws_kms_alias.main.target_key_arn
}

# Only what was blocked or counted is kept, and no credentials of users.
resource "aws_wafv2_web_acl_logging_configuration" "edge" {
  resource_arn            = aws_wafv2_web_acl.edge.arn
  log_destination_configs = [aws_cloudwatch_log_group.waf.arn]

  redacted_fields {
    single_header {
      name = "authorization"
    }
  }

  redacted_fields {
    single_header {
      name = "cookie"
    }
  }

  logging_filter {
    default_behavior = "DROP"

    filter {
      behavior    = "KEEP"
      requirement = "MEETS_ANY"

      condition {
        action_condition {
          action = "BLOCK"
        }
      }

      condition {
        action_condition {
          action = "COUNT"
        }
      }
    }
  }
}
