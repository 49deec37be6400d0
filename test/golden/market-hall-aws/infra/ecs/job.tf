# Follows ADR-0018 (docs/adr/0018-serverless-service-ecs-on-fargate.md).
# The scheduled job.

resource "aws_scheduler_schedule_group" "main" {
  name = var.name
}

resource "aws_scheduler_schedule" "job" {
  name                         = "job"
  group_name                   = aws_scheduler_schedule_group.main.name
  description                  = "Starts the job of ${var.name}."
  schedule_expression          = var.job.schedule
  schedule_expression_timezone = var.job.time_zone
  kms_key_arn                  = data.aws_kms_alias.main.target_key_arn

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_ecs_cluster.main.arn
    role_arn = "${local.arn}:iam::${var.account_id}:role/${var.name}-scheduler"

    ecs_parameters {
      task_definition_arn     = aws_ecs_task_definition.main["job"].arn
      task_count              = 1
      enable_ecs_managed_tags = true
      enable_execute_command  = false
      propagate_tags          = "TASK_DEFINITION"

      capacity_provider_strategy {
        capacity_provider = local.capacity
        weight            = 1
      }

      network_configuration {
        subnets          = [for subnet in aws_subnet.private : subnet.id]
        security_groups  = [aws_security_group.job.id]
        assign_public_ip = false
      }
    }

    # Of starting it; a run that fails is not started again.
    retry_policy {
      maximum_retry_attempts       = 3
      maximum_event_age_in_seconds = 3600
    }

    dead_letter_config {
      arn = aws_sqs_queue.not_started.arn
    }
  }
}

resource "aws_sqs_queue" "not_started" {
  name                      = "${var.name}-job-not-started"
  message_retention_seconds = 1209600
  kms_master_key_id         = data.aws_kms_alias.main.target_key_arn
}

resource "aws_cloudwatch_metric_alarm" "job_not_started" {
  alarm_name          = "${var.name}-job-not-started"
  alarm_description   = "The job could not be started. Runbook: docs/runbooks/deploy-and-rollback.md"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.not_started.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.main["ticket"].arn]
}

# A run that ended with another code than 0, or whose container could not be started at all.
resource "aws_cloudwatch_event_rule" "job_failed" {
  name        = "${var.name}-job-failed"
  description = "A run of the job failed."
  event_pattern = jsonencode({
    source      = ["aws.ecs"]
    detail-type = ["ECS Task State Change"]
    detail = {
      clusterArn = [aws_ecs_cluster.main.arn]
      group      = ["family:${aws_ecs_task_definition.main["job"].family}"]
      lastStatus = ["STOPPED"]
      "$or" = [
        { containers = { exitCode = [{ anything-but = 0 }] } },
        { stopCode = ["TaskFailedToStart"] },
      ]
    }
  })
}

resource "aws_cloudwatch_event_target" "job_failed" {
  rule = aws_cloudwatch_event_rule.job_failed.name
  arn  = aws_sns_topic.main["ticket"].arn
}
