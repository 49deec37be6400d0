/** What differs where nothing leaves and nothing comes from the internet: the house is reached, and reaches the service, by its own network. */
import { attribute, comment, gap, type HclBody, type HclExpression, hcl } from '../../../files/hcl.ts';
import { TRANSIT_VARIABLE, toHouse } from '../../aws/way-to-house.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { CLIENTS_MEANING, type Meaning } from '../placeholders.ts';
import { hasOwnEdge, type Settings } from './settings.ts';

export const CLOSED_NETWORK: HclExpression = toHouse(null, hcl`var.name`);

/** In the place of names on the internet. */
export const CLOSED_VARIABLES = hcl`
variable "house_domains" {
  description = "Domain names of the house that resolve here; *.example.com stands for all below it. Rules of the house's resolver answer for them, and egress_ranges let tasks reach what they name."
  type        = list(string)
  default     = []
}

${TRANSIT_VARIABLE}`;

export function closedValues(settings: Settings): HclBody {
  return [
    comment('What workloads may call in the house, beyond AWS services.'),
    attribute('house_domains', []),
    attribute('egress_ranges', []),
    gap,
    ...(hasOwnEdge(settings)
      ? [
          comment(`${TOKENS.serviceClients}: networks whose people reach the service.`),
          attribute('client_ranges', ['192.0.2.0/24']),
          gap,
        ]
      : []),
    comment(`${TOKENS.transitGateway}: the gateway that leads to the house.`),
    attribute('transit_gateway_id', 'tgw-00000000000000000'),
  ];
}

export const CLOSED_MEANINGS: readonly Meaning[] = [
  CLIENTS_MEANING,
  {
    token: TOKENS.transitGateway,
    meaning:
      'The id of the Transit Gateway that leads to the house, shared with this account; then take the comment out.',
    example: 'tgw-0a1b2c3d4e5f60718',
  },
];

/** In the place of what is tested where a values file may open a way out. */
export const CLOSED_TEST = hcl`
run "no_route_leads_anywhere_but_to_the_house" {
  command = plan

  assert {
    condition     = length(aws_route.house) == 9 && alltrue([for route in aws_route.house : !endswith(route.destination_cidr_block, "/0")])
    error_message = "Three zones with a route to each private range, and no default route."
  }

  assert {
    condition     = aws_route53_resolver_firewall_rule.rest.action == "BLOCK" && aws_route53_resolver_firewall_config.main.firewall_fail_open == "DISABLED"
    error_message = "Names that are not listed do not resolve, also when the firewall does not answer."
  }
}
`;

export const CLOSED_EDGE_TEST = hcl`
run "the_load_balancer_answers_to_the_house_alone" {
  command = plan

  variables {
    client_ranges = ["10.0.0.0/8"]
  }

  assert {
    condition     = aws_lb.main.internal
    error_message = "The load balancer has private addresses."
  }

  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.https : rule.cidr_ipv4 == "10.0.0.0/8"])
    error_message = "Only the named networks may open a connection."
  }
}
`;
