/** The web application firewall of AWS before what answers the internet: what is attacked everywhere, a limit of requests, a log of what was blocked. */
import { type HclExpression, hcl } from '../../files/hcl.ts';

/** Of whom it is: what its names begin with, and the key of its log. */
export interface FirewallOf {
  readonly name: HclExpression;
  readonly logKey: HclExpression;
}

/** Needs `var.waf_preview`, `var.requests_per_minute` and `var.log_retention_days`; `beside` comes between the firewall and its log. */
export const webFirewall = ({ name, logKey }: FirewallOf, beside: HclExpression): HclExpression => hcl`
locals {
  # What is attacked everywhere; each rule group knows few false alarms.
  waf_groups = {
    AWSManagedRulesAmazonIpReputationList = 10
    AWSManagedRulesCommonRuleSet          = 30
  }
}

resource "aws_wafv2_web_acl" "edge" {
  name        = "\${${name}}-edge"
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
    metric_name                = "\${${name}}-edge"
    sampled_requests_enabled   = true
  }
}

${beside}# Names of log groups of the firewall have to begin this way.
resource "aws_cloudwatch_log_group" "waf" {
  name              = "aws-waf-logs-\${${name}}"
  retention_in_days = var.log_retention_days
  kms_key_id        = ${logKey}
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
`;
