/** service-web.tf: the services that answer requests, and how a new version reaches them. */
import { hcl } from '../../../files/hcl.ts';
import { overBothGroups } from './both-groups.ts';

const ERRORS_OF_SERVICE = overBothGroups({
  id: 'errors',
  label: 'Errors of tasks',
  metric: 'HTTPCode_Target_5XX_Count',
  stat: 'Sum',
});

export const SERVICE_WEB = hcl`
resource "aws_ecs_service" "web" {
  for_each = local.services

  name                              = each.key
  cluster                           = aws_ecs_cluster.main.arn
  task_definition                   = aws_ecs_task_definition.main[each.key].arn
  desired_count                     = each.value.min_tasks
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
      canary_percent              = each.value.canary_percent
      canary_bake_time_in_minutes = 10
    }
  }

  # An alarm at any time of it sends all requests back. The circuit breaker is for rolling updates only.
  alarms {
    alarm_names = [aws_cloudwatch_metric_alarm.rollout[each.key].alarm_name, aws_cloudwatch_metric_alarm.refused.alarm_name]
    enable      = true
    rollback    = true
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.web["\${each.key}-blue"].arn
    container_name   = each.key
    container_port   = each.value.port

    advanced_configuration {
      alternate_target_group_arn = aws_lb_target_group.web["\${each.key}-green"].arn
      production_listener_rule   = aws_lb_listener_rule.web[each.key].arn
      role_arn                   = "\${local.arn}:iam::\${var.account_id}:role/\${var.name}-infrastructure"
    }
  }

  network_configuration {
    subnets          = [for subnet in aws_subnet.private : subnet.id]
    security_groups  = [aws_security_group.web[each.key].id]
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

# What a bad version does within minutes: errors of its tasks, whichever of the two groups they are in \u2026
resource "aws_cloudwatch_metric_alarm" "rollout" {
  for_each = local.services

  alarm_name          = "\${var.name}-\${each.key}-rollout-errors"
  alarm_description   = "Ends a deployment of \${each.key} and sends requests back. Runbook: docs/runbooks/deploy-and-rollback.md"
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.rollback_errors_per_minute
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.main["ticket"].arn]

  ${ERRORS_OF_SERVICE}
}

# \u2026 or no healthy task behind the load balancer, which counts that for all services together.
resource "aws_cloudwatch_metric_alarm" "refused" {
  alarm_name          = "\${var.name}-rollout-refused"
  alarm_description   = "Ends a deployment and sends requests back. Runbook: docs/runbooks/deploy-and-rollback.md"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_ELB_5XX_Count"
  dimensions          = { LoadBalancer = aws_lb.main.arn_suffix }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = max([for service in values(local.services) : service.rollback_errors_per_minute]...)
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.main["ticket"].arn]
}

resource "aws_appautoscaling_target" "web" {
  for_each = local.services

  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/\${aws_ecs_cluster.main.name}/\${aws_ecs_service.web[each.key].name}"
  min_capacity       = each.value.min_tasks
  max_capacity       = each.value.max_tasks
}

# By what tasks use: the number of requests per target cannot be followed while two target groups share them.
resource "aws_appautoscaling_policy" "web" {
  for_each = merge([for name in keys(local.services) : {
    for metric, percent in { ECSServiceAverageCPUUtilization = 60, ECSServiceAverageMemoryUtilization = 75 } :
    "\${name}-\${metric}" => { service = name, metric = metric, percent = percent }
  }]...)

  name               = "\${var.name}-\${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.web[each.value.service].service_namespace
  scalable_dimension = aws_appautoscaling_target.web[each.value.service].scalable_dimension
  resource_id        = aws_appautoscaling_target.web[each.value.service].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = each.value.percent
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = each.value.metric
    }
  }
}
`;
