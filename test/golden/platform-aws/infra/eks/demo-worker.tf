# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# The queue of a worker, where what failed five times goes, and the right to take work from it.

data "aws_iam_policy_document" "demo_worker" {
  statement {
    sid = "TakeWork"
    actions = [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage",
    ]
    resources = [aws_sqs_queue.demo_worker.arn]
  }
}

resource "aws_iam_role" "demo_worker" {
  name_prefix        = "${substr(var.cluster_name, 0, 25)}-demo-worker-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy" "demo_worker" {
  name   = "demo-worker"
  role   = aws_iam_role.demo_worker.id
  policy = data.aws_iam_policy_document.demo_worker.json
}

resource "aws_eks_pod_identity_association" "demo_worker" {
  cluster_name    = aws_eks_cluster.main.name
  namespace       = "demo"
  service_account = "demo-worker"
  role_arn        = aws_iam_role.demo_worker.arn
}

resource "aws_sqs_queue" "demo_worker" {
  name                      = "${var.cluster_name}-demo-worker"
  sqs_managed_sse_enabled   = true
  receive_wait_time_seconds = 20
  message_retention_seconds = 345600

  # Longer than the work on one message takes, or another worker takes it as well.
  visibility_timeout_seconds = 300

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.demo_worker_failed.arn
    maxReceiveCount     = 5
  })
}

# What cannot be worked on waits here for a person, for two weeks.
resource "aws_sqs_queue" "demo_worker_failed" {
  name                      = "${var.cluster_name}-demo-worker-failed"
  sqs_managed_sse_enabled   = true
  message_retention_seconds = 1209600
}

resource "aws_cloudwatch_metric_alarm" "demo_worker_failed" {
  alarm_name          = "${var.cluster_name}-demo-worker-failed"
  alarm_description   = "Work was accepted and could not be done: docs/runbooks/work-waits.md"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.demo_worker_failed.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}
