/** tests/*.tftest.hcl: what must hold in every environment, run with mock providers and without a cloud. */
import { attributes, block, type HclExpression, hcl, writeHcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import { hasOwnEdge, type Settings } from './settings.ts';

/** File name without its ending, to code. */
export function tests(settings: Settings): ReadonlyMap<string, HclExpression> {
  const { workloads, variant } = settings;
  const edge = hasOwnEdge(settings);
  const given = together(MOCKS, variables(edge));
  const web = workloads.includes('web');
  return new Map([
    ['inputs', together(given, INPUTS, web ? WEB_INPUTS : null, edge ? EDGE_INPUTS : null)],
    ['network', together(given, NETWORK, variant === 'ecs-express' || edge ? null : NO_WAY_IN)],
    [
      'workloads',
      together(
        given,
        edge ? WEB : null,
        variant === 'ecs-express' && web ? EXPRESS : null,
        workloads.includes('worker') ? WORKER : null,
        workloads.includes('job') ? JOB : null,
        edge || workloads.includes('worker') || workloads.includes('job') ? TASKS : null,
      ),
    ],
    ...(edge
      ? ([
          ['edge', together(given, EDGE)],
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

function variables(edge: boolean): HclExpression {
  const values = attributes({
    account_id: '111122223333',
    environment: 'staging',
    region: 'eu-central-1',
    network_cidr: '10.40.0.0/20',
    ...(edge ? { domain: 'shop.example.com' } : {}),
    alert_receiver: 'alerts@example.com',
  });
  return { kind: 'expression', code: writeHcl([block('variables', [], values)]) };
}

const INPUTS = hcl`
run "placeholders_are_refused" {
  command = plan

  variables {
    account_id = "000000000000"
    region     = "somewhere"
  }

  expect_failures = [var.account_id, var.region]
}

run "a_network_too_small_for_three_zones_is_refused" {
  command = plan

  variables {
    network_cidr = "10.40.0.0/24"
  }

  expect_failures = [var.network_cidr]
}

run "a_secret_without_a_fixed_version_is_refused" {
  command = plan

  variables {
    secrets = {
      token = { workload = "nobody", environment_variable = "TOKEN", version = "AWSCURRENT" }
    }
  }

  expect_failures = [var.secrets]
}

run "the_internet_is_not_a_private_range" {
  command = plan

  variables {
    egress_ranges = ["0.0.0.0/0"]
  }

  expect_failures = [var.egress_ranges]
}
`;

const WEB_INPUTS = hcl`
run "an_image_without_a_digest_is_refused" {
  command = plan

  variables {
    web = { image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/web:main" }
  }

  expect_failures = [var.web]
}

run "a_size_that_fargate_does_not_sell_is_refused" {
  command = plan

  variables {
    web = { cpu = 32768, memory = 65536 }
  }

  expect_failures = [var.web]
}

run "more_memory_than_fargate_has_is_refused" {
  command = plan

  variables {
    web = { cpu = 16384, memory = 131072 }
  }

  expect_failures = [var.web]
}
`;

const EDGE_INPUTS = hcl`
run "an_objective_whose_alert_cannot_fire_is_refused" {
  command = plan

  variables {
    slo = { availability = 0.9 }
  }

  expect_failures = [var.slo]
}
`;

const NETWORK = hcl`
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

run "three_zones_that_share_nothing" {
  command = plan

  assert {
    condition     = length(aws_subnet.private) == 3 && length(distinct([for subnet in aws_subnet.private : subnet.cidr_block])) == 3
    error_message = "Three private subnets whose ranges do not overlap."
  }

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
    condition     = !aws_ecs_service.web.network_configuration[0].assign_public_ip
    error_message = "A task with an address on the internet is behind no web application firewall."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.web_from_edge.cidr_ipv4 == null
    error_message = "Tasks take connections from the load balancer, not from addresses."
  }
}

run "a_bad_version_goes_back_by_itself" {
  command = plan

  assert {
    condition     = aws_ecs_service.web.deployment_configuration[0].strategy == "CANARY" && aws_ecs_service.web.alarms[0].enable && aws_ecs_service.web.alarms[0].rollback
    error_message = "A new version gets some of the requests first, and an alarm sends them back."
  }
}

run "losing_a_zone_leaves_two_tasks" {
  command = plan

  assert {
    condition     = aws_appautoscaling_target.web.min_capacity >= 3 && aws_ecs_service.web.availability_zone_rebalancing == "ENABLED"
    error_message = "Unless a values file says less, there is a task in each of three zones."
  }
}
`;

const EXPRESS = hcl`
run "the_service_scales_between_its_limits" {
  command = plan

  assert {
    condition     = aws_ecs_express_gateway_service.web.scaling_target[0].min_task_count >= 3
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

const EDGE = hcl`
run "plain_http_is_redirected" {
  command = plan

  assert {
    condition     = aws_lb_listener.http.port == 80 && aws_lb_listener.http.default_action[0].redirect[0].protocol == "HTTPS"
    error_message = "Port 80 answers with a redirect to HTTPS."
  }
}

run "old_versions_of_tls_are_refused" {
  command = plan

  assert {
    condition     = startswith(aws_lb_listener.https.ssl_policy, "ELBSecurityPolicy-TLS13-1-2-")
    error_message = "TLS 1.2 with restricted ciphers is the least."
  }
}

run "the_firewall_blocks" {
  command = plan

  assert {
    condition     = length(aws_wafv2_web_acl.edge.rule) == length(local.waf_groups) + 2 && alltrue([for rule in aws_wafv2_web_acl.edge.rule : rule.override_action == null || try(length(rule.override_action[0].count) == 0, true)])
    error_message = "The rules of the web application firewall are enforced, not counted."
  }
}

run "the_load_balancer_is_protected" {
  command = plan

  assert {
    condition     = aws_lb.main.enable_deletion_protection && aws_lb.main.drop_invalid_header_fields && aws_lb.main.access_logs[0].enabled
    error_message = "It refuses deletion and broken headers, and writes down requests."
  }
}

run "private_means_private" {
  command = plan

  variables {
    exposure      = "private"
    client_ranges = ["10.0.0.0/8"]
  }

  assert {
    condition     = aws_lb.main.internal && length(aws_internet_gateway.main) == 0
    error_message = "The load balancer has private addresses, and the network no internet gateway."
  }

  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.https : rule.cidr_ipv4 == "10.0.0.0/8"])
    error_message = "Only the named networks may open a connection."
  }
}
`;

const SLO = hcl`
run "every_objective_has_three_alerts_of_two_windows" {
  command = plan

  assert {
    condition     = length(aws_cloudwatch_composite_alarm.burn) == 6 && length(aws_cloudwatch_metric_alarm.burn) == 12
    error_message = "Two objectives, three speeds, two windows that have to agree."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.burn : alarm.threshold < 1])
    error_message = "An alert above the rate of all requests failing can never fire."
  }
}
`;
