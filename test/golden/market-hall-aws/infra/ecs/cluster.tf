# Follows ADR-0018 (docs/adr/0018-serverless-service-ecs-on-fargate.md).
# What the tasks run on.

resource "aws_ecs_cluster" "main" {
  name = var.name

  setting {
    name  = "containerInsights"
    value = "enhanced"
  }

  # Nobody opens a shell in a task here; where somebody turns it on, what is typed is kept.
  configuration {
    execute_command_configuration {
      kms_key_id = data.aws_kms_alias.main.target_key_arn
      logging    = "OVERRIDE"

      log_configuration {
        cloud_watch_encryption_enabled = true
        cloud_watch_log_group_name     = aws_cloudwatch_log_group.sessions.name
      }
    }
  }
}

resource "aws_cloudwatch_log_group" "sessions" {
  name              = "/${var.name}/sessions"
  retention_in_days = var.log_retention_days
  kms_key_id        = data.aws_kms_alias.main.target_key_arn
}

locals {
  capacity = "FARGATE"
}

resource "aws_ecs_cluster_capacity_providers" "main" {
  cluster_name       = aws_ecs_cluster.main.name
  capacity_providers = [local.capacity]

  default_capacity_provider_strategy {
    capacity_provider = local.capacity
    weight            = 1
  }
}
