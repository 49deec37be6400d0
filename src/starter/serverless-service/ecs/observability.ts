/** observability.tf: who is told, what is told beside objectives, and one page to look at. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import { overBothGroups } from './both-groups.ts';
import { hasOwnEdge, type Settings } from './settings.ts';

export function observability(settings: Settings): HclExpression {
  return together(TOPICS, SCANNED, hasOwnEdge(settings) ? together(CAPACITY, DASHBOARD) : null);
}

const TOPICS = hcl`
locals {
  receivers = {
    page   = var.alert_receiver
    ticket = coalesce(var.ticket_receiver, var.alert_receiver)
  }
}

resource "aws_sns_topic" "main" {
  for_each = local.receivers

  name              = "\${var.name}-\${each.key}"
  kms_master_key_id = data.aws_kms_alias.main.target_key_arn
}

# An address has to be confirmed once, by the link that AWS sends to it.
resource "aws_sns_topic_subscription" "main" {
  for_each = local.receivers

  topic_arn = aws_sns_topic.main[each.key].arn
  protocol  = startswith(each.value, "https://") ? "https" : "email"
  endpoint  = each.value
}

data "aws_iam_policy_document" "topic" {
  for_each = local.receivers

  statement {
    sid       = "FromThisAccount"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.main[each.key].arn]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }

  # EventBridge tells a topic nothing that a condition could look at: with one, every event is refused.
  statement {
    sid       = "FromRules"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.main[each.key].arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
  }
}

resource "aws_sns_topic_policy" "main" {
  for_each = local.receivers

  arn    = aws_sns_topic.main[each.key].arn
  policy = data.aws_iam_policy_document.topic[each.key].json
}
`;

const SCANNED = hcl`
# The registry scans an image when it arrives, and again when a new flaw is known.
resource "aws_cloudwatch_event_rule" "scanned" {
  name        = "\${var.name}-image-scanned"
  description = "An image of this application has a critical flaw."
  event_pattern = jsonencode({
    source      = ["aws.ecr"]
    detail-type = ["ECR Image Scan"]
    detail = {
      repository-name         = [{ prefix = "\${var.name}/" }]
      finding-severity-counts = { CRITICAL = [{ exists = true }] }
    }
  })
}

resource "aws_cloudwatch_event_target" "scanned" {
  rule = aws_cloudwatch_event_rule.scanned.name
  arn  = aws_sns_topic.main["ticket"].arn
}
`;

const HEALTHY_OF_SERVICE = overBothGroups({
  id: 'healthy',
  label: 'Healthy tasks',
  metric: 'HealthyHostCount',
  stat: 'Maximum',
});

const CAPACITY = hcl`
resource "aws_cloudwatch_metric_alarm" "unhealthy" {
  for_each = local.services

  alarm_name          = "\${var.name}-\${each.key}-no-healthy-task"
  alarm_description   = "No task of \${each.key} is healthy. Runbook: docs/runbooks/quota-and-region.md"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  evaluation_periods  = 3
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.main["page"].arn]
  ok_actions          = [aws_sns_topic.main["page"].arn]

  # One of the two target groups is empty most of the time.
  ${HEALTHY_OF_SERVICE}
}

resource "aws_cloudwatch_metric_alarm" "saturation" {
  for_each = local.services

  alarm_name          = "\${var.name}-\${each.key}-near-its-limit"
  alarm_description   = "Four fifths of the tasks allowed for ten minutes. Runbook: docs/runbooks/quota-and-region.md"
  namespace           = "ECS/ContainerInsights"
  metric_name         = "RunningTaskCount"
  dimensions          = { ClusterName = aws_ecs_cluster.main.name, ServiceName = aws_ecs_service.web[each.key].name }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 10
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.max_tasks * 0.8
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.main["ticket"].arn]
}

# AWS renews the certificate two months ahead; two weeks before the end somebody has to look why it did not.
resource "aws_cloudwatch_metric_alarm" "certificate" {
  alarm_name          = "\${var.name}-certificate-ends-soon"
  alarm_description   = "Less than 14 days. The DNS record of the certificate has to stay. Runbook: docs/runbooks/quota-and-region.md"
  namespace           = "AWS/CertificateManager"
  metric_name         = "DaysToExpiry"
  dimensions          = { CertificateArn = data.aws_acm_certificate.main.arn }
  statistic           = "Minimum"
  period              = 86400
  evaluation_periods  = 1
  comparison_operator = "LessThanThreshold"
  threshold           = 14
  treat_missing_data  = "ignore"
  alarm_actions       = [aws_sns_topic.main["ticket"].arn]
}
`;

const DASHBOARD = hcl`
locals {
  edge_dimension = ["LoadBalancer", aws_lb.main.arn_suffix]
  web_dimensions = [for service in aws_ecs_service.web : ["ClusterName", aws_ecs_cluster.main.name, "ServiceName", service.name]]

  charts = {
    "Requests and errors"          = { stat = "Sum", metrics = [for name in ["RequestCount", "HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count", "HTTPCode_Target_4XX_Count"] : concat(["AWS/ApplicationELB", name], local.edge_dimension)] }
    "Latency, 95th percentile"     = { stat = "p95", metrics = [concat(["AWS/ApplicationELB", "TargetResponseTime"], local.edge_dimension)] }
    "Healthy tasks by group"       = { stat = "Maximum", metrics = [for group in aws_lb_target_group.web : concat(["AWS/ApplicationELB", "HealthyHostCount", "TargetGroup", group.arn_suffix], local.edge_dimension)] }
    "Tasks wanted and running"     = { stat = "Average", metrics = [for pair in setproduct(["DesiredTaskCount", "RunningTaskCount"], local.web_dimensions) : concat(["ECS/ContainerInsights", pair[0]], pair[1])] }
    "CPU and memory used, percent" = { stat = "Average", metrics = [for pair in setproduct(["CPUUtilization", "MemoryUtilization"], local.web_dimensions) : concat(["AWS/ECS", pair[0]], pair[1])] }
    "Blocked by the firewall"      = { stat = "Sum", metrics = [["AWS/WAFV2", "BlockedRequests", "WebACL", aws_wafv2_web_acl.edge.name, "Region", var.region, "Rule", "ALL"]] }
  }
}

resource "aws_cloudwatch_dashboard" "web" {
  dashboard_name = var.name
  dashboard_body = jsonencode({
    widgets = [for index, title in keys(local.charts) : {
      type   = "metric"
      width  = 12
      height = 6
      x      = index % 2 * 12
      y      = floor(index / 2) * 6
      properties = {
        title   = title
        region  = var.region
        view    = "timeSeries"
        period  = 60
        stat    = local.charts[title].stat
        metrics = local.charts[title].metrics
      }
    }]
  })
}
`;
