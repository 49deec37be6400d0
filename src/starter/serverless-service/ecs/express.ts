/** service-web.tf in Express Mode: AWS makes the load balancer, its certificate, scaling and rollout. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Settings } from './settings.ts';

export const expressWeb = ({ closed }: Settings) => expressIn(closed ? INSIDE : EITHER);

const EITHER = hcl`# Public subnets make the load balancer face the internet, private ones keep it inside.
network_configuration = [{
  subnets         = [for subnet in var.exposure == "internet" ? aws_subnet.public : aws_subnet.private : subnet.id]`;
const INSIDE = hcl`# Private subnets keep the load balancer inside.
network_configuration = [{
  subnets         = [for subnet in aws_subnet.private : subnet.id]`;

const expressIn = (subnets: HclExpression) => hcl`
# The load balancer belongs to Express Mode and may be shared with other services of this network: it is in no state file.
resource "aws_ecs_express_gateway_service" "web" {
  for_each = local.services

  service_name            = "\${var.name}-\${each.key}"
  cluster                 = aws_ecs_cluster.main.name
  execution_role_arn      = local.roles.execution[each.key]
  task_role_arn           = local.roles.task[each.key]
  infrastructure_role_arn = "\${local.arn}:iam::\${var.account_id}:role/\${var.name}-infrastructure"
  cpu                     = tostring(each.value.cpu)
  memory                  = tostring(each.value.memory)
  health_check_path       = each.value.readiness_path
  wait_for_steady_state   = true

  ${subnets}
    security_groups = [aws_security_group.web[each.key].id]
  }]

  scaling_target = [{
    auto_scaling_metric       = "AVERAGE_CPU"
    auto_scaling_target_value = 60
    min_task_count            = each.value.min_tasks
    max_task_count            = each.value.max_tasks
  }]

  primary_container {
    image          = coalesce(each.value.image, local.images.sample)
    container_port = each.value.port

    aws_logs_configuration = [{
      log_group         = aws_cloudwatch_log_group.workload[each.key].name
      log_stream_prefix = each.key
    }]

    dynamic "environment" {
      for_each = each.value.environment

      content {
        name  = environment.key
        value = environment.value
      }
    }

    dynamic "secret" {
      for_each = local.mounted_secrets[each.key]

      content {
        name       = secret.key
        value_from = secret.value
      }
    }
  }

  depends_on = [
    aws_ecs_cluster_capacity_providers.main,
    aws_vpc_endpoint.interface,
    aws_vpc_endpoint.s3,
  ]
}

# Requests that failed, of all the tasks of the service, whatever load balancer they came by.
resource "aws_cloudwatch_metric_alarm" "web_tasks" {
  for_each = local.services

  alarm_name          = "\${var.name}-\${each.key}-too-few"
  alarm_description   = "Fewer than \${each.value.min_tasks} tasks for five minutes. Runbook: docs/runbooks/deploy-and-rollback.md"
  namespace           = "ECS/ContainerInsights"
  metric_name         = "RunningTaskCount"
  dimensions          = { ClusterName = aws_ecs_cluster.main.name, ServiceName = aws_ecs_express_gateway_service.web[each.key].service_name }
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "LessThanThreshold"
  threshold           = each.value.min_tasks
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.main["page"].arn]
  ok_actions          = [aws_sns_topic.main["page"].arn]
}
`;
