/** tests/edge.tftest.hcl and tests/slo.tftest.hcl: the way in, and the alarms on what comes through it. */
import { hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import { CLOSED_EDGE_TEST } from './closed.ts';
import type { Settings } from './settings.ts';

export const edge = ({ closed }: Settings) => together(EDGE, closed ? CLOSED_EDGE_TEST : PRIVATE);

const PRIVATE = hcl`
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
`;

export const SLO = hcl`
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
