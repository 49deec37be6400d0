# Follows ADR-0014 (docs/adr/0014-edge-the-providers-gateway.md).
# What the gateway needs and the cluster cannot make: its certificate, and what stands before it.

variable "domain" {
  description = "Domain of the cluster: workloads get a name in it each. It lies in the zone dns_zone."
  type        = string
}

# AWS renews it as long as the record stays. The controller finds it by its name.
resource "aws_acm_certificate" "gateway" {
  domain_name       = "*.${var.domain}"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "proof" {
  for_each = { for option in aws_acm_certificate.gateway.domain_validation_options : option.domain_name => option }
  zone_id  = data.aws_route53_zone.main.zone_id
  name     = each.value.resource_record_name
  type     = each.value.resource_record_type
  records  = [each.value.resource_record_value]
  ttl      = 300
}

resource "aws_acm_certificate_validation" "gateway" {
  certificate_arn         = aws_acm_certificate.gateway.arn
  validation_record_fqdns = [for record in aws_route53_record.proof : record.fqdn]
}

locals {
  gateway_certificate = aws_acm_certificate.gateway.arn
}

resource "aws_cloudwatch_metric_alarm" "gateway_certificate" {
  alarm_name          = "${var.cluster_name}-gateway-certificate-ends-soon"
  alarm_description   = "The certificate of the gateway ends within three weeks: docs/runbooks/public-name.md"
  namespace           = "AWS/CertificateManager"
  metric_name         = "DaysToExpiry"
  dimensions          = { CertificateArn = local.gateway_certificate }
  statistic           = "Minimum"
  period              = 86400
  evaluation_periods  = 1
  comparison_operator = "LessThanThreshold"
  threshold           = 21
  treat_missing_data  = "ignore"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

# Policies let requests in from here: public subnets lie in it, nodes and pods do not.
locals {
  load_balancer_cidr = local.quarters[3]
}

variable "gateway_stands" {
  description = "True once the cluster has made the load balancer of its gateway; the next apply then gives it its name."
  type        = bool
  default     = false
}

data "aws_lb" "gateway" {
  count = var.gateway_stands ? 1 : 0

  tags = {
    "elbv2.k8s.aws/cluster" = var.cluster_name
    "gateway"               = "public"
  }
}

resource "aws_route53_record" "gateway" {
  count = var.gateway_stands ? 1 : 0

  zone_id = data.aws_route53_zone.main.zone_id
  name    = "*.${var.domain}"
  type    = "A"

  alias {
    name                   = data.aws_lb.gateway[0].dns_name
    zone_id                = data.aws_lb.gateway[0].zone_id
    evaluate_target_health = true
  }
}

variable "waf_preview" {
  description = "Count what the web application firewall would block instead of blocking it."
  type        = bool
  default     = false
}

variable "requests_per_minute" {
  description = "Requests that one client address may make in a minute; more are blocked."
  type        = number
  default     = 600

  validation {
    condition     = var.requests_per_minute >= 10
    error_message = "The firewall counts ten requests at least."
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
  name        = "${var.cluster_name}-edge"
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
    metric_name                = "${var.cluster_name}-edge"
    sampled_requests_enabled   = true
  }
}

# Names of log groups of the firewall have to begin this way.
resource "aws_cloudwatch_log_group" "waf" {
  name              = "aws-waf-logs-${var.cluster_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = aws_kms_key.logs.arn
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
