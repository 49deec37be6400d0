# Follows ADR-0013 (docs/adr/0013-outbound-traffic-open-through-nat.md).
# What may leave the network.

locals {
  # Everything that a task needs of AWS itself, without a way to the internet.
  endpoints = toset(["ecr.api", "ecr.dkr", "logs", "secretsmanager", "sts", "xray"])

  task_groups = merge({ for name, group in aws_security_group.web : name => group.id }, {
    worker = aws_security_group.worker.id
    job    = aws_security_group.job.id
  })
}

resource "aws_security_group" "web" {
  for_each = local.services

  name        = "${var.name}-${each.key}"
  description = "From the load balancer, to everything that is listed here."
  vpc_id      = aws_vpc.main.id
  tags        = { Name = "${var.name}-${each.key}" }
}

resource "aws_security_group" "worker" {
  name        = "${var.name}-worker"
  description = "To everything that is listed here; nothing comes in."
  vpc_id      = aws_vpc.main.id
  tags        = { Name = "${var.name}-worker" }
}

resource "aws_security_group" "job" {
  # checkov:skip=CKV2_AWS_5: What starts the tasks names it in a place that the scanner does not follow.
  name        = "${var.name}-job"
  description = "To everything that is listed here; nothing comes in."
  vpc_id      = aws_vpc.main.id
  tags        = { Name = "${var.name}-job" }
}

resource "aws_security_group" "endpoints" {
  name        = "${var.name}-endpoints"
  description = "AWS services, from tasks."
  vpc_id      = aws_vpc.main.id
  tags        = { Name = "${var.name}-endpoints" }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  for_each = local.task_groups

  security_group_id            = aws_security_group.endpoints.id
  description                  = "From ${each.key}."
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_endpoint" "interface" {
  for_each = local.endpoints

  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.${var.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [for subnet in aws_subnet.private : subnet.id]
  security_group_ids  = [aws_security_group.endpoints.id]
  tags                = { Name = "${var.name}-${each.key}" }
}

# Layers of images come from S3.
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.${var.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [for table in aws_route_table.private : table.id]
  tags              = { Name = "${var.name}-s3" }
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
      for range in var.egress_ranges : "${workload}-${range}" => { group = group, range = range }
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

# Names of AWS and those in the list resolve; the answer to every other question is that there is nothing.
resource "aws_route53_resolver_firewall_domain_list" "allowed" {
  name    = "${var.name}-allowed"
  domains = concat(["*.amazonaws.com.", "*.${var.region}.compute.internal."], [for domain in var.egress_domains : "${domain}."])
}

resource "aws_route53_resolver_firewall_domain_list" "everything" {
  name    = "${var.name}-everything"
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
