/** tests/*.tftest.hcl: what must hold in every environment, run with mock providers and without a cloud. */
import { attributes, block, type HclExpression, hcl, writeHcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import { CLOSED_TEST } from './closed.ts';
import { edge as edgeTests, SLO } from './edge-tests.ts';
import { EDGE_INPUTS, INPUTS, WEB_INPUTS } from './input-tests.ts';
import { hasOwnEdge, type Settings } from './settings.ts';
import { EXPRESS, JOB, SERVICES, TASKS, WEB, WORKER } from './workload-tests.ts';

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
