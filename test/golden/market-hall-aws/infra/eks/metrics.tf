# Follows ADR-0022 (docs/adr/0022-metrics-the-cloud-providers-metrics-service.md).
# Where metrics are kept for 150 days.

resource "aws_kms_key" "metrics" {
  description             = "Metrics of the cluster ${var.cluster_name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.account_key.json
}

resource "aws_prometheus_workspace" "main" {
  alias       = var.cluster_name
  kms_key_arn = aws_kms_key.metrics.arn

  logging_configuration {
    log_group_arn = "${aws_cloudwatch_log_group.metrics.arn}:*"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# What the service itself has to say: rules that fail, alerts that nobody took.
resource "aws_cloudwatch_log_group" "metrics" {
  name              = "/aws/vendedlogs/prometheus/${var.cluster_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = aws_kms_key.logs.arn
}

# The dead-man switch: it lives outside the cluster and goes off when the cluster falls silent.
resource "aws_cloudwatch_metric_alarm" "nothing_measured" {
  alarm_name          = "${var.cluster_name}-nothing-is-measured"
  alarm_description   = "The cluster has sent no metrics for a quarter of an hour, so none of its alerts can fire: docs/runbooks/metrics-missing.md"
  namespace           = "AWS/Usage"
  metric_name         = "ResourceCount"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  dimensions = {
    Class      = "None"
    Resource   = "IngestionRate"
    ResourceId = aws_prometheus_workspace.main.id
    Service    = "Prometheus"
    Type       = "Resource"
  }
}
