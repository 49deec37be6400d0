/** egress.tf: what may leave. AWS services by private endpoints, listed ranges and names, and nothing else. */
import { type HclExpression, hcl, hclCode } from '../../../files/hcl.ts';
import { identifier, together } from '../code.ts';
import { hasOwnEdge, type Settings } from './settings.ts';

export function egress(settings: Settings): HclExpression {
  const services = [
    'ecr.api',
    'ecr.dkr',
    ...(settings.variant === 'ecs-managed-instances' ? ['ecs', 'ecs-agent', 'ecs-telemetry'] : []),
    'logs',
    'secretsmanager',
    'sts',
    'xray',
  ];
  const ports = settings.workloads.map(workload => {
    const inbound =
      workload === 'web' && hasOwnEdge(settings)
        ? 'From the load balancer, to everything that is listed here.'
        : 'To everything that is listed here; nothing comes in.';
    const opening: HclExpression = hclCode(
      (workload === 'job' || (workload === 'web' && !hasOwnEdge(settings))
        ? '\n  # checkov:skip=CKV2_AWS_5: What starts the tasks names it in a place that the scanner does not follow.'
        : '') + (workload === 'web' ? EACH_SERVICE : ''),
    );
    const name = hclCode(workload === 'web' ? '"${var.name}-${each.key}"' : `"\${var.name}-${workload}"`);
    return hcl`
resource "aws_security_group" ${identifierText(workload)} {${opening}
  name        = ${name}
  description = ${inbound}
  vpc_id      = aws_vpc.main.id
  tags        = { Name = ${name} }
}
`;
  });
  const others = Object.fromEntries(
    settings.workloads
      .filter(workload => workload !== 'web')
      .map(workload => [workload, hcl`aws_security_group.${identifier(workload)}.id`]),
  );
  const ofServices = hcl`{ for name, group in aws_security_group.web : name => group.id }`;
  const groups = !settings.workloads.includes('web')
    ? hcl`${others}`
    : Object.keys(others).length === 0
      ? ofServices
      : hcl`merge(${ofServices}, ${others})`;
  return together(
    hcl`
locals {
  # Everything that a task needs of AWS itself, without a way to the internet.
  endpoints = toset(${services})

  task_groups = ${groups}
}
`,
    ...ports,
    egressOf(settings.closed ? OF_HOUSE : OF_INTERNET),
  );
}

const EACH_SERVICE = '\n  for_each = local.services\n';
const identifierText = (name: string): HclExpression => hclCode(`"${identifier(name).code}"`);

interface Names {
  /** The rule that lets tasks call what a name stands for; none where ranges alone do. */
  readonly rule: HclExpression;
  readonly listed: HclExpression;
}

const OF_INTERNET: Names = {
  rule: hcl`
# A security group knows no names: which of them resolve is decided below.
resource "aws_vpc_security_group_egress_rule" "domains" {
  for_each = local.calls_out ? local.task_groups : {}

  security_group_id = each.value
  description       = "HTTPS to the names that DNS lets through."
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
`,
  listed: hcl`var.egress_domains`,
};
const OF_HOUSE: Names = { rule: hclCode(''), listed: hcl`var.house_domains` };

const egressOf = ({ rule, listed }: Names) => hcl`
resource "aws_security_group" "endpoints" {
  name        = "\${var.name}-endpoints"
  description = "AWS services, from tasks."
  vpc_id      = aws_vpc.main.id
  tags        = { Name = "\${var.name}-endpoints" }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  for_each = local.task_groups

  security_group_id            = aws_security_group.endpoints.id
  description                  = "From \${each.key}."
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_endpoint" "interface" {
  for_each = local.endpoints

  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.\${var.region}.\${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [for subnet in aws_subnet.private : subnet.id]
  security_group_ids  = [aws_security_group.endpoints.id]
  tags                = { Name = "\${var.name}-\${each.key}" }
}

# Layers of images come from S3.
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.\${var.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [for table in aws_route_table.private : table.id]
  tags              = { Name = "\${var.name}-s3" }
}

resource "aws_vpc_security_group_egress_rule" "endpoints" {
  for_each = local.task_groups

  security_group_id            = each.value
  description                  = "AWS services."
  referenced_security_group_id = aws_security_group.endpoints.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_egress_rule" "s3" {
  for_each = local.task_groups

  security_group_id = each.value
  description       = "Layers of images."
  prefix_list_id    = aws_vpc_endpoint.s3.prefix_list_id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

locals {
  range_rules = merge([
    for workload, group in local.task_groups : {
      for range in var.egress_ranges : "\${workload}-\${range}" => { group = group, range = range }
    }
  ]...)
}

resource "aws_vpc_security_group_egress_rule" "ranges" {
  for_each = local.range_rules

  security_group_id = each.value.group
  description       = "A private range that workloads need."
  cidr_ipv4         = each.value.range
  ip_protocol       = "tcp"
  from_port         = 1
  to_port           = 65535
}
${rule}
# Names of AWS and those in the list resolve; the answer to every other question is that there is nothing.
resource "aws_route53_resolver_firewall_domain_list" "allowed" {
  name    = "\${var.name}-allowed"
  domains = concat(["*.amazonaws.com.", "*.\${var.region}.compute.internal."], [for domain in ${listed} : "\${domain}."])
}

resource "aws_route53_resolver_firewall_domain_list" "everything" {
  name    = "\${var.name}-everything"
  domains = ["*."]
}

resource "aws_route53_resolver_firewall_rule_group" "main" {
  name = var.name
}

resource "aws_route53_resolver_firewall_rule" "allowed" {
  name                               = "allowed"
  action                             = "ALLOW"
  priority                           = 100
  firewall_rule_group_id             = aws_route53_resolver_firewall_rule_group.main.id
  firewall_domain_list_id            = aws_route53_resolver_firewall_domain_list.allowed.id
  firewall_domain_redirection_action = "TRUST_REDIRECTION_DOMAIN"
}

resource "aws_route53_resolver_firewall_rule" "rest" {
  name                    = "rest"
  action                  = "BLOCK"
  block_response          = "NXDOMAIN"
  priority                = 200
  firewall_rule_group_id  = aws_route53_resolver_firewall_rule_group.main.id
  firewall_domain_list_id = aws_route53_resolver_firewall_domain_list.everything.id
}

resource "aws_route53_resolver_firewall_rule_group_association" "main" {
  name                   = var.name
  priority               = 101
  vpc_id                 = aws_vpc.main.id
  firewall_rule_group_id = aws_route53_resolver_firewall_rule_group.main.id
  mutation_protection    = var.deletion_protection ? "ENABLED" : "DISABLED"
}

# Whether a question is let through is not left to luck when the firewall does not answer.
resource "aws_route53_resolver_firewall_config" "main" {
  resource_id        = aws_vpc.main.id
  firewall_fail_open = "DISABLED"
}
`;
