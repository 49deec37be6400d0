/** Route 53: a health check for each region, and one record for the names of all, from which a region that fails is left out. */
import type { Id } from '../../../content/catalogue.ts';
import { attribute, comment, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { domainOf } from '../../names.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import type { SharedNames } from '../../services.ts';
import { nameOfRegion } from '../region-name.ts';
import { TRAFFIC_FOLDER, trafficModule } from './root-module.ts';

export function awsSharedNames(input: ClusterInput, decision: Id): SharedNames {
  const [{ region, regionGiven }] = input.clusters;
  const unknown = regionGiven ? [] : [comment(TOKENS.region)];
  const files = trafficModule(input, {
    decision,
    cloud: 'AWS',
    provider: 'aws',
    backend: BACKEND,
    settings: SETTINGS,
    variables: VARIABLES,
    most: 255,
    names: NAMES,
    receivers:
      'an https address that confirms a subscription of SNS, or a mail address. Both have to be confirmed once.',
    alarms: ALARMS,
    values: [
      comment(`${TOKENS.account}: the account that the zone lies in.`),
      attribute('account_id', '000000000000'),
      attribute('dns_zone', domainOf(input)),
    ],
    state: [
      attribute('bucket', TOKENS.stateBucket),
      attribute('key', 'traffic/production.tfstate'),
      ...unknown,
      attribute('region', region),
    ],
  });
  return {
    title: 'Route 53',
    contribution: {
      files,
      checks: [
        {
          decision,
          says: 'Every region has a health check, and its record goes by it.',
          command: `grep -qE 'health_check_id += aws_route53_health_check.region' ${TRAFFIC_FOLDER}/names.tf`,
          path: `${TRAFFIC_FOLDER}/names.tf`,
        },
      ],
    },
    asks: 'checkers of Route 53 in several parts of the world ask each region every ten seconds, over HTTPS, at its own name',
    leftOut:
      'a region that fails three times in a row is left out within a minute, and resolvers forget it within another half',
    byHand: cluster =>
      `aws route53 update-health-check --health-check-id "$(aws route53 list-health-checks --query "HealthChecks[?HealthCheckConfig.FullyQualifiedDomainName=='${nameOfRegion(cluster)}'].Id" --output text)" --fully-qualified-domain-name taken-out.invalid`,
  };
}

const BACKEND = hcl`
terraform {
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}
`;

const SETTINGS = hcl`
# Route 53 tells CloudWatch of its checks in this region alone, wherever the clusters are.
provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = {
      environment = "production"
      managed-by  = "terraform"
    }
  }
}

data "aws_partition" "current" {}

data "aws_route53_zone" "main" {
  name = var.dns_zone
}
`;

const VARIABLES = hcl`
variable "account_id" {
  description = "The only AWS account that this state may touch."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An AWS account id has twelve digits."
  }
}

variable "dns_zone" {
  description = "Route 53 zone that the shared names lie in."
  type        = string
}
`;

const NAMES = hcl`
resource "aws_route53_health_check" "region" {
  for_each = var.clusters

  type              = "HTTPS"
  fqdn              = "\${each.key}.\${each.value.domain}"
  port              = 443
  resource_path     = var.health_path
  enable_sni        = true
  request_interval  = 10
  failure_threshold = 3

  tags = { Name = each.key }
}

# A name of a region itself has a record of its own, which ExternalDNS writes and which comes before this one.
resource "aws_route53_record" "shared" {
  for_each = var.clusters

  zone_id         = data.aws_route53_zone.main.zone_id
  name            = "*.\${each.value.domain}"
  type            = "CNAME"
  ttl             = 30
  records         = ["\${each.key}.\${each.value.domain}"]
  set_identifier  = each.key
  health_check_id = aws_route53_health_check.region[each.key].id

  weighted_routing_policy {
    weight = each.value.share
  }
}
`;

const ALARMS = hcl`
data "aws_iam_policy_document" "alarms_key" {
  statement {
    sid       = "AccountAdministers"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:\${data.aws_partition.current.partition}:iam::\${var.account_id}:root"]
    }
  }

  statement {
    sid       = "AlarmsEncrypt"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_kms_key" "alarms" {
  description             = "Alarms of the names that regions share"
  enable_key_rotation     = true
  deletion_window_in_days = 7
  policy                  = data.aws_iam_policy_document.alarms_key.json
}

resource "aws_sns_topic" "alarms" {
  name              = "shared-names-alarms"
  kms_master_key_id = aws_kms_key.alarms.arn
}

data "aws_iam_policy_document" "alarms" {
  statement {
    sid       = "AlarmsOfThisAccountPublish"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alarms.arn]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_sns_topic_policy" "alarms" {
  arn    = aws_sns_topic.alarms.arn
  policy = data.aws_iam_policy_document.alarms.json
}

resource "aws_sns_topic_subscription" "alarms" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = startswith(var.alarm_receiver, "https://") ? "https" : "email"
  endpoint  = var.alarm_receiver
}

resource "aws_cloudwatch_metric_alarm" "region" {
  for_each = var.clusters

  alarm_name          = "\${each.key}-left-out"
  alarm_description   = "The region fails its check and gets no requests: docs/runbooks/lost-region.md"
  namespace           = "AWS/Route53"
  metric_name         = "HealthCheckStatus"
  dimensions          = { HealthCheckId = aws_route53_health_check.region[each.key].id }
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 2
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}
`;
