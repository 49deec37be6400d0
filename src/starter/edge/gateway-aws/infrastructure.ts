/** edge.tf: what the gateway takes from the infrastructure: its certificate, where it stands, its name, what stands before it. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { webFirewall } from '../../aws/web-firewall.ts';
import type { StarterInput } from '../../part.ts';
import { recoveryForm } from '../../recovery/places.ts';
import { terraformText } from '../../terraform.ts';
import type { AwsEdge } from '../gateway-aws.ts';
import { BALANCER_TAG } from './gateway.ts';

export const EDGE_FILE = 'infra/eks/edge.tf';

export function edgeFile(input: StarterInput, { certificates, names, network, firewall }: AwsEdge): FileTree {
  const inRegions = recoveryForm(input) !== null;
  const parts = [
    certificates === 'public' ? certificate(inRegions ? OVERWRITTEN : NOTHING) : IMPORTED,
    ALARM,
    network === 'own' ? OWN_RANGE : GIVEN_RANGE,
    ...(names === 'infrastructure' ? [inRegions ? NAME_IN_REGIONS : NAME] : []),
    ...(firewall ? [FIREWALL] : []),
  ];
  const code: HclExpression = { kind: 'expression', code: parts.map(part => part.code).join('') };
  return new Map([
    [
      EDGE_FILE,
      terraformText(
        input,
        'edge',
        'What the gateway needs and the cluster cannot make: its certificate, and what stands before it.',
        code,
      ),
    ],
  ]);
}

const DOMAIN = hcl`
variable "domain" {
  description = "Domain of the cluster: workloads get a name in it each. It lies in the zone dns_zone."
  type        = string
}
`;

const NOTHING: HclExpression = { kind: 'expression', code: '' };

const OVERWRITTEN = hcl`
  # All regions prove the same name by the same record: whoever is taken down takes it along, and an apply of another brings it back.
  allow_overwrite = true
`;

const certificate = (more: HclExpression) => hcl`${DOMAIN}
# AWS renews it as long as the record stays. The controller finds it by its name.
resource "aws_acm_certificate" "gateway" {
  domain_name       = "*.\${var.domain}"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "proof" {
  for_each = { for option in aws_acm_certificate.gateway.domain_validation_options : option.domain_name => option }
  zone_id  = data.aws_route53_zone.main.zone_id
  name     = each.value.resource_record_name
  type     = each.value.resource_record_type
  records  = [each.value.resource_record_value]
  ttl      = 300
${more}}

resource "aws_acm_certificate_validation" "gateway" {
  certificate_arn         = aws_acm_certificate.gateway.arn
  validation_record_fqdns = [for record in aws_route53_record.proof : record.fqdn]
}

locals {
  gateway_certificate = aws_acm_certificate.gateway.arn
}
`;

/** The organisation's own authority issues it, and somebody hands it to AWS. */
const IMPORTED = hcl`${DOMAIN}
# Imported by hand, see docs/runbooks/public-name.md: AWS cannot renew what it has not issued.
data "aws_acm_certificate" "gateway" {
  domain      = "*.\${var.domain}"
  statuses    = ["ISSUED"]
  types       = ["IMPORTED"]
  key_types   = ["EC_prime256v1", "RSA_2048", "RSA_3072", "RSA_4096"]
  most_recent = true
}

locals {
  gateway_certificate = data.aws_acm_certificate.gateway.arn
}
`;

const ALARM = hcl`
resource "aws_cloudwatch_metric_alarm" "gateway_certificate" {
  alarm_name          = "\${var.cluster_name}-gateway-certificate-ends-soon"
  alarm_description   = "The certificate of the gateway ends within three weeks: docs/runbooks/public-name.md"
  namespace           = "AWS/CertificateManager"
  metric_name         = "DaysToExpiry"
  dimensions          = { CertificateArn = local.gateway_certificate }
  statistic           = "Minimum"
  period              = 86400
  evaluation_periods  = 1
  comparison_operator = "LessThanThreshold"
  threshold           = 21
  treat_missing_data  = "ignore"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}
`;

const OWN_RANGE = hcl`
# Policies let requests in from here: public subnets lie in it, nodes and pods do not.
locals {
  load_balancer_cidr = local.quarters[3]
}
`;

const GIVEN_RANGE = hcl`
variable "load_balancer_cidr" {
  description = "Range of the public subnets, where the load balancer stands: policies let requests in from here, so no node and no pod may lie in it."
  type        = string

  validation {
    condition     = can(cidrhost(var.load_balancer_cidr, 0)) && var.load_balancer_cidr != var.vpc_cidr
    error_message = "A part of the network, not all of it."
  }
}

locals {
  load_balancer_cidr = var.load_balancer_cidr
}
`;

const STANDS = hcl`
variable "gateway_stands" {
  description = "True once the cluster has made the load balancer of its gateway; the next apply then gives it its name."
  type        = bool
  default     = false
}

data "aws_lb" "gateway" {
  count = var.gateway_stands ? 1 : 0

  tags = {
    "elbv2.k8s.aws/cluster" = var.cluster_name
    "gateway"               = ${BALANCER_TAG.gateway}
  }
}
`;

const ALIAS = hcl`  type    = "A"

  alias {
    name                   = data.aws_lb.gateway[0].dns_name
    zone_id                = data.aws_lb.gateway[0].zone_id
    evaluate_target_health = true
  }`;

const NAME = hcl`${STANDS}
resource "aws_route53_record" "gateway" {
  count = var.gateway_stands ? 1 : 0

  zone_id = data.aws_route53_zone.main.zone_id
  name    = "*.\${var.domain}"
${ALIAS}
}
`;

const NAME_IN_REGIONS = hcl`
variable "gateway_record" {
  description = "The name that points at this gateway, where it is that of its region alone; null for all names of the domain."
  type        = string
  default     = null
}
${STANDS}
resource "aws_route53_record" "gateway" {
  count = var.gateway_stands ? 1 : 0

  zone_id = data.aws_route53_zone.main.zone_id
  name    = coalesce(var.gateway_record, "*.\${var.domain}")
${ALIAS}

  # Whoever takes over takes the name, also from a region that does not answer.
  allow_overwrite = true
}
`;

const FIREWALL_VARIABLES = hcl`
variable "waf_preview" {
  description = "Count what the web application firewall would block instead of blocking it."
  type        = bool
  default     = false
}

variable "requests_per_minute" {
  description = "Requests that one client address may make in a minute; more are blocked."
  type        = number
  default     = 600

  validation {
    condition     = var.requests_per_minute >= 10
    error_message = "The firewall counts ten requests at least."
  }
}
`;

const FIREWALL = hcl`${FIREWALL_VARIABLES}${webFirewall(
  { name: hcl`var.cluster_name`, logKey: hcl`aws_kms_key.logs.arn` },
  hcl``,
)}`;
