/** tests/workloads.tftest.hcl: what holds of services, worker and job, and of the tasks of all of them. */
import { hcl } from '../../../files/hcl.ts';

export const TASKS = hcl`
run "containers_cannot_write_and_run_as_nobody_special" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for containers in values(local.containers) : [
        for container in containers : container.readonlyRootFilesystem
      ]
    ]))
    error_message = "File systems of containers are read-only."
  }

  assert {
    condition     = alltrue([for workload, given in local.defined : given.user != "0" && given.user != "root"])
    error_message = "No workload runs as root."
  }
}
`;

export const WEB = hcl`
run "tasks_are_reached_through_the_load_balancer_only" {
  command = plan

  assert {
    condition     = alltrue([for service in aws_ecs_service.web : !service.network_configuration[0].assign_public_ip])
    error_message = "A task with an address on the internet is behind no web application firewall."
  }

  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.web_from_edge : rule.cidr_ipv4 == null])
    error_message = "Tasks take connections from the load balancer, not from addresses."
  }
}

run "a_bad_version_goes_back_by_itself" {
  command = plan

  assert {
    condition     = alltrue([for service in aws_ecs_service.web : service.deployment_configuration[0].strategy == "CANARY" && service.alarms[0].enable && service.alarms[0].rollback])
    error_message = "A new version gets some of the requests first, and an alarm sends them back."
  }
}

run "losing_a_zone_leaves_two_tasks" {
  command = plan

  assert {
    condition     = alltrue([for target in aws_appautoscaling_target.web : target.min_capacity >= 3]) && alltrue([for service in aws_ecs_service.web : service.availability_zone_rebalancing == "ENABLED"])
    error_message = "Unless a values file says less, there is a task in each of three zones."
  }
}
`;

export const SERVICES = hcl`
run "a_further_service_has_all_of_its_own" {
  command = plan

  variables {
    services = { shop = { port = 8080, min_tasks = 1 } }
  }

  assert {
    condition     = join(" ", keys(aws_ecs_service.web)) == "shop web" && length(distinct([for task in aws_ecs_task_definition.main : task.task_role_arn])) == length(aws_ecs_task_definition.main)
    error_message = "It is a service, and its tasks have a role that no other has."
  }

  assert {
    condition     = contains(flatten([for condition in aws_lb_listener_rule.web["shop"].condition : [for header in condition.host_header : tolist(header.values)]]), "shop.\${var.domain}")
    error_message = "It answers at a name of its own."
  }

  assert {
    condition     = aws_lb_target_group.web["shop-blue"].port == 8080 && aws_vpc_security_group_ingress_rule.web_from_edge["shop"].from_port == 8080
    error_message = "The load balancer reaches it at its port."
  }

  assert {
    condition     = contains(keys(aws_cloudwatch_metric_alarm.unhealthy), "shop") && contains(keys(aws_cloudwatch_metric_alarm.rollout), "shop")
    error_message = "Its alarms are its own."
  }

  assert {
    condition     = length(output.dns_records) == 2
    error_message = "The records that are to be created are printed for both."
  }
}

run "a_service_is_named_once" {
  command = plan

  variables {
    services = { worker = {} }
  }

  expect_failures = [var.services]
}

run "a_host_that_the_certificate_does_not_cover_is_refused" {
  command = plan

  variables {
    services = { shop = { host = "a.b.shop.example.com" } }
  }

  expect_failures = [var.services]
}
`;

export const EXPRESS = hcl`
run "the_service_scales_between_its_limits" {
  command = plan

  assert {
    condition     = alltrue([for service in aws_ecs_express_gateway_service.web : service.scaling_target[0].min_task_count >= 3])
    error_message = "Unless a values file says less, there is a task in each of three zones."
  }
}
`;

export const WORKER = hcl`
run "a_worker_that_does_not_start_goes_back_by_itself" {
  command = plan

  assert {
    condition     = aws_ecs_service.worker.deployment_circuit_breaker[0].enable && aws_ecs_service.worker.deployment_circuit_breaker[0].rollback
    error_message = "The circuit breaker ends a deployment whose tasks fail, and brings the version before back."
  }

  assert {
    condition     = aws_ecs_service.worker.deployment_minimum_healthy_percent == 100 && !aws_ecs_service.worker.enable_execute_command
    error_message = "Old tasks stay until new ones are healthy, and nobody opens a shell in them."
  }
}
`;

export const JOB = hcl`
run "a_job_that_cannot_be_started_is_kept_and_told" {
  command = plan

  assert {
    condition     = length(aws_scheduler_schedule.job.target[0].dead_letter_config) == 1 && aws_cloudwatch_metric_alarm.job_not_started.threshold == 0
    error_message = "What the scheduler could not start lies in a queue with an alarm."
  }

  assert {
    condition     = !aws_scheduler_schedule.job.target[0].ecs_parameters[0].network_configuration[0].assign_public_ip
    error_message = "The job has no address on the internet."
  }
}
`;
