# Follows ADR-0012 (docs/adr/0012-serverless-service-ecs-on-fargate.md).
# The service that answers requests, and how a new version reaches them.

resource "aws_ecs_service" "web" {
  name                              = "web"
  cluster                           = aws_ecs_cluster.main.arn
  task_definition                   = aws_ecs_task_definition.main["web"].arn
  desired_count                     = var.web.min_tasks
  availability_zone_rebalancing     = "ENABLED"
  enable_execute_command            = false
  enable_ecs_managed_tags           = true
  propagate_tags                    = "SERVICE"
  health_check_grace_period_seconds = 60

  # scripts/rollout.sh waits, and goes back when tasks do not become healthy.
  wait_for_steady_state = false

  capacity_provider_strategy {
    capacity_provider = local.capacity
    weight            = 1
  }

  deployment_controller {
    type = "ECS"
  }

  # New tasks stand beside the old ones, get some of the requests, then all; the old ones stay until the end of the bake.
  deployment_configuration {
    strategy             = "CANARY"
    bake_time_in_minutes = 10

    canary_configuration {
      canary_percent              = var.web.canary_percent
      canary_bake_time_in_minutes = 10
    }
  }

  # An alarm at any time of it sends all requests back. The circuit breaker is for rolling updates only.
  alarms {
    alarm_names = [for alarm in aws_cloudwatch_metric_alarm.rollout : alarm.alarm_name]
    enable      = true
    rollback    = true
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.web["blue"].arn
    container_name   = "web"
    container_port   = var.web.port

    advanced_configuration {
      alternate_target_group_arn = aws_lb_target_group.web["green"].arn
      production_listener_rule   = aws_lb_listener_rule.web.arn
      role_arn                   = "${local.arn}:iam::${var.account_id}:role/${var.name}-infrastructure"
    }
  }

  network_configuration {
    subnets          = [for subnet in aws_subnet.private : subnet.id]
    security_groups  = [aws_security_group.web.id]
    assign_public_ip = false
  }

  # The number of tasks is the autoscaler's, and ECS swaps the two target groups with each deployment.
  lifecycle {
    ignore_changes = [desired_count, load_balancer]
  }

  depends_on = [
    aws_ecs_cluster_capacity_providers.main,
    aws_vpc_endpoint.interface,
    aws_vpc_endpoint.s3,
  ]
}

# What a bad version does within minutes: errors of the tasks themselves, or no healthy task behind the load balancer.
resource "aws_cloudwatch_metric_alarm" "rollout" {
  for_each = {
    errors  = { metric = "HTTPCode_Target_5XX_Count", threshold = var.web.rollback_errors_per_minute }
    refused = { metric = "HTTPCode_ELB_5XX_Count", threshold = var.web.rollback_errors_per_minute }
  }

  alarm_name          = "${var.name}-web-rollout-${each.key}"
  alarm_description   = "Ends a deployment and sends requests back. Runbook: docs/runbooks/deploy-and-rollback.md"
  namespace           = "AWS/ApplicationELB"
  metric_name         = each.value.metric
  dimensions          = { LoadBalancer = aws_lb.main.arn_suffix }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.main["ticket"].arn]
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.web.name}"
  min_capacity       = var.web.min_tasks
  max_capacity       = var.web.max_tasks
}

# By what tasks use: the number of requests per target cannot be followed while two target groups share them.
resource "aws_appautoscaling_policy" "web" {
  for_each = { ECSServiceAverageCPUUtilization = 60, ECSServiceAverageMemoryUtilization = 75 }

  name               = "${var.name}-web-${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.web.service_namespace
  scalable_dimension = aws_appautoscaling_target.web.scalable_dimension
  resource_id        = aws_appautoscaling_target.web.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = each.value
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = each.key
    }
  }
}
