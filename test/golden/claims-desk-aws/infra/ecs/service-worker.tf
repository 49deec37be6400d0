# Follows ADR-0012 (docs/adr/0012-serverless-service-ecs-on-fargate.md).
# The worker.

resource "aws_ecs_service" "worker" {
  name                               = "worker"
  cluster                            = aws_ecs_cluster.main.arn
  task_definition                    = aws_ecs_task_definition.main["worker"].arn
  desired_count                      = var.worker.min_tasks
  availability_zone_rebalancing      = "ENABLED"
  enable_execute_command             = false
  enable_ecs_managed_tags            = true
  propagate_tags                     = "SERVICE"
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200

  # The apply ends when the deployment does, well or badly.
  wait_for_steady_state = true

  capacity_provider_strategy {
    capacity_provider = local.capacity
    weight            = 1
  }

  deployment_controller {
    type = "ECS"
  }

  # Tasks that do not start or stay healthy end the deployment, and the version before comes back.
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = [for subnet in aws_subnet.private : subnet.id]
    security_groups  = [aws_security_group.worker.id]
    assign_public_ip = false
  }

  lifecycle {
    ignore_changes = [desired_count]
  }

  depends_on = [
    aws_ecs_cluster_capacity_providers.main,
    aws_vpc_endpoint.interface,
    aws_vpc_endpoint.s3,
  ]
}

resource "aws_appautoscaling_target" "worker" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.worker.name}"
  min_capacity       = var.worker.min_tasks
  max_capacity       = var.worker.max_tasks
}

# What waits in the queue is the better measure, once there is one: a target per task on its length.
resource "aws_appautoscaling_policy" "worker" {
  name               = "${var.name}-worker-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.worker.service_namespace
  scalable_dimension = aws_appautoscaling_target.worker.scalable_dimension
  resource_id        = aws_appautoscaling_target.worker.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = 60
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# Nobody calls a worker, so nobody notices when it stops: fewer tasks than asked for is an alert.
resource "aws_cloudwatch_metric_alarm" "worker" {
  alarm_name          = "${var.name}-worker-too-few"
  alarm_description   = "Fewer than ${var.worker.min_tasks} tasks for ten minutes. Runbook: docs/runbooks/deploy-and-rollback.md"
  namespace           = "ECS/ContainerInsights"
  metric_name         = "RunningTaskCount"
  dimensions          = { ClusterName = aws_ecs_cluster.main.name, ServiceName = aws_ecs_service.worker.name }
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 10
  comparison_operator = "LessThanThreshold"
  threshold           = var.worker.min_tasks
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.main["ticket"].arn]
  ok_actions          = [aws_sns_topic.main["ticket"].arn]
}
