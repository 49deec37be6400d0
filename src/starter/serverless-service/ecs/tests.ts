/** tests/*.tftest.hcl: what must hold in every environment, run with mock providers and without a cloud. */
import { attributes, block, type HclExpression, hcl, writeHcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import { CLOSED_TEST } from './closed.ts';
import { edge as edgeTests, SLO } from './edge-tests.ts';
import { EDGE_INPUTS, INPUTS, WEB_INPUTS } from './input-tests.ts';
import { hasOwnEdge, type Settings } from './settings.ts';

/** File name without its ending, to code. */
export function tests(settings: Settings): ReadonlyMap<string, HclExpression> {
  const { workloads, variant, closed } = settings;
  const edge = hasOwnEdge(settings);
  const given = together(MOCKS, variables(settings));
  const web = workloads.includes('web');
  return new Map([
    ['inputs', together(given, INPUTS, web ? WEB_INPUTS : null, edge ? EDGE_INPUTS : null)],
    [
      'network',
      closed
        ? together(given, CLOSED_TEST, ZONES)
        : together(given, WAYS_OUT, ZONES, PUBLIC, variant === 'ecs-express' || edge ? null : NO_WAY_IN),
    ],
    [
      'workloads',
      together(
        given,
        edge ? together(WEB, SERVICES) : null,
        variant === 'ecs-express' && web ? EXPRESS : null,
        workloads.includes('worker') ? WORKER : null,
        workloads.includes('job') ? JOB : null,
        edge || workloads.includes('worker') || workloads.includes('job') ? TASKS : null,
      ),
    ],
    ...(edge
      ? ([
          ['edge', together(given, edgeTests(settings))],
          ['slo', together(given, SLO)],
        ] as const)
      : []),
  ]);
}

const MOCKS = hcl`
mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-central-1a", "eu-central-1b", "eu-central-1c"] }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_kms_alias" {
    defaults = { target_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000" }
  }

  mock_data "aws_acm_certificate" {
    defaults = { arn = "arn:aws:acm:eu-central-1:111122223333:certificate/00000000-0000-0000-0000-000000000000" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}
`;

function variables(settings: Settings): HclExpression {
  const values = attributes({
    account_id: '111122223333',
    environment: 'staging',
    region: 'eu-central-1',
    network_cidr: '10.40.0.0/20',
    ...(hasOwnEdge(settings) ? { domain: 'shop.example.com' } : {}),
    ...(settings.closed ? { transit_gateway_id: 'tgw-0a1b2c3d4e5f60718' } : {}),
    alert_receiver: 'alerts@example.com',
  });
  return { kind: 'expression', code: writeHcl([block('variables', [], values)]) };
}

const WAYS_OUT = hcl`
run "nothing_leaves_but_what_is_allowed" {
  command = plan

  assert {
    condition     = length(aws_nat_gateway.zone) == 0 && length(aws_route.nat) == 0 && length(aws_vpc_security_group_egress_rule.domains) == 0
    error_message = "Without allowed domains there is no way to the internet."
  }

  assert {
    condition     = aws_route53_resolver_firewall_rule.rest.action == "BLOCK" && aws_route53_resolver_firewall_config.main.firewall_fail_open == "DISABLED"
    error_message = "Names that are not listed do not resolve, also when the firewall does not answer."
  }
}

run "allowed_domains_open_a_way_in_every_zone" {
  command = plan

  variables {
    egress_domains = ["api.example.com"]
  }

  assert {
    condition     = length(aws_nat_gateway.zone) == 3
    error_message = "A NAT gateway per zone, so that the loss of one zone takes no other."
  }

  assert {
    condition     = contains(aws_route53_resolver_firewall_domain_list.allowed.domains, "api.example.com.")
    error_message = "The list names the domain."
  }
}

run "one_gateway_is_a_way_for_every_zone" {
  command = plan

  variables {
    egress_domains = ["api.example.com"]
    nat_gateways   = "one"
  }

  assert {
    condition     = length(aws_nat_gateway.zone) == 1 && length(aws_route.nat) == 3
    error_message = "One NAT gateway, and a route to it from each zone."
  }
}
`;

const ZONES = hcl`
run "three_zones_that_share_nothing" {
  command = plan

  assert {
    condition     = length(aws_subnet.private) == 3 && length(distinct([for subnet in aws_subnet.private : subnet.cidr_block])) == 3
    error_message = "Three private subnets whose ranges do not overlap."
  }
}
`;

const PUBLIC = hcl`
run "nothing_gets_an_address_on_the_internet" {
  command = plan

  assert {
    condition     = alltrue([for subnet in aws_subnet.public : !subnet.map_public_ip_on_launch])
    error_message = "Nothing gets an address on the internet by itself."
  }
}
`;

const NO_WAY_IN = hcl`
run "there_is_no_way_in_from_the_internet" {
  command = plan

  assert {
    condition     = length(aws_internet_gateway.main) == 0 && length(aws_subnet.public) == 0
    error_message = "Without a web service and without allowed domains the network has no internet gateway."
  }
}
`;

const TASKS = hcl`
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

const WEB = hcl`
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

const SERVICES = hcl`
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

const EXPRESS = hcl`
run "the_service_scales_between_its_limits" {
  command = plan

  assert {
    condition     = alltrue([for service in aws_ecs_express_gateway_service.web : service.scaling_target[0].min_task_count >= 3])
    error_message = "Unless a values file says less, there is a task in each of three zones."
  }
}
`;

const WORKER = hcl`
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

const JOB = hcl`
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
