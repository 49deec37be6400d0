/** Metrics kept by Managed Service for Prometheus. */
import type { Id } from '../../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../../files/hcl.ts';
import type { ClusterInput } from '../../../cluster-input.ts';
import type { Contribution } from '../../../contribution.ts';
import type { ServiceAccount } from '../../../foundation.ts';
import { TOKENS } from '../../../placeholder-tokens.ts';
import type { MetricsService, RuleFile } from '../../../services.ts';
import { terraformText } from '../../../terraform.ts';
import { granted } from '../rights.ts';
import { folderOf } from '../trust.ts';
import { metricRules } from './metric-rules.ts';

export function eksMetrics(input: ClusterInput): MetricsService {
  return {
    title: 'Amazon Managed Service for Prometheus',
    sink: METRICS_SINK,
    environment: {
      REGION: '${REGION}',
      METRICS_URL:
        'https://aps-workspaces.${REGION}.amazonaws.com/workspaces/${METRICS_WORKSPACE}/api/v1/remote_write',
    },
    rights: (decision: Id, account: ServiceAccount) =>
      granted(input, 'The agent of the metrics writes into one workspace.', decision, account, METRICS_WRITE),
    beside: (decision): Contribution => ({
      files: file(
        input,
        `${folderOf(input)}/metrics.tf`,
        decision,
        'Where metrics are kept for 150 days.',
        WORKSPACE,
      ),
      placeholders: [
        {
          token: TOKENS.metricsWorkspace,
          meaning:
            'Id of the workspace of this cluster, which AWS gives it: `scripts/fill-cluster-vars.sh` writes it once the infrastructure stands.',
          example: 'ws-0a1b2c3d-4e5f-6789-abcd-ef0123456789',
        },
      ],
      checks: [
        {
          decision,
          says: 'The metrics of a cluster are kept in a workspace that nobody removes by accident.',
          command: `grep -qE '^ +prevent_destroy += true$' ${folderOf(input)}/metrics.tf`,
          path: `${folderOf(input)}/metrics.tf`,
        },
      ],
    }),
    rules: (decision: Id, rules: readonly RuleFile[]): Contribution => ({
      files: file(
        input,
        `${folderOf(input)}/metric-rules.tf`,
        decision,
        'The rules that stand in Git as objects, judged where the metrics are, and who hears of them.',
        metricRules(rules),
      ),
    }),
  };
}

function file(input: ClusterInput, path: string, decision: Id, says: string, code: HclExpression) {
  return new Map([[path, terraformText(input, decision, says, code)]]);
}

const METRICS_SINK = `prometheus.remote_write "store" {
  endpoint {
    url = sys.env("METRICS_URL")

    sigv4 {
      region = sys.env("REGION")
    }

    queue_config {
      max_samples_per_send = 1000
      max_shards           = 50
    }
  }
}
`;

const METRICS_WRITE = hcl`  statement {
    sid       = "WriteMetrics"
    actions   = ["aps:RemoteWrite"]
    resources = [aws_prometheus_workspace.main.arn]
  }`;

const WORKSPACE = hcl`
resource "aws_kms_key" "metrics" {
  description             = "Metrics of the cluster \${var.cluster_name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.account_key.json
}

resource "aws_prometheus_workspace" "main" {
  alias       = var.cluster_name
  kms_key_arn = aws_kms_key.metrics.arn

  logging_configuration {
    log_group_arn = "\${aws_cloudwatch_log_group.metrics.arn}:*"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# What the service itself has to say: rules that fail, alerts that nobody took.
resource "aws_cloudwatch_log_group" "metrics" {
  name              = "/aws/vendedlogs/prometheus/\${var.cluster_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = aws_kms_key.logs.arn
}

# The dead-man switch: it lives outside the cluster and goes off when the cluster falls silent.
resource "aws_cloudwatch_metric_alarm" "nothing_measured" {
  alarm_name          = "\${var.cluster_name}-nothing-is-measured"
  alarm_description   = "The cluster has sent no metrics for a quarter of an hour, so none of its alerts can fire: docs/runbooks/metrics-missing.md"
  namespace           = "AWS/Usage"
  metric_name         = "ResourceCount"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  dimensions = {
    Class      = "None"
    Resource   = "IngestionRate"
    ResourceId = aws_prometheus_workspace.main.id
    Service    = "Prometheus"
    Type       = "Resource"
  }
}
`;
