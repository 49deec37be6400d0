/** Metrics, logs and traces kept by AWS: Managed Service for Prometheus, CloudWatch Logs, X-Ray. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution } from '../../contribution.ts';
import type { ServiceAccount } from '../../foundation.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import type { MetricsService, RuleFile, TelemetryService } from '../../services.ts';
import { terraformText } from '../../terraform.ts';
import { granted } from './rights.ts';
import { ACCOUNT, FOLDER } from './settings.ts';
import { metricRules } from './telemetry/metric-rules.ts';

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
      files: file(input, `${FOLDER}/metrics.tf`, decision, 'Where metrics are kept for 150 days.', WORKSPACE),
      placeholders: [
        {
          token: TOKENS.metricsWorkspace,
          meaning:
            'Id of the workspace of this cluster, which AWS gives it: METRICS_WORKSPACE of `tofu output cluster_vars`, after the first apply.',
          example: 'ws-0a1b2c3d-4e5f-6789-abcd-ef0123456789',
        },
      ],
      checks: [
        {
          decision,
          says: 'The metrics of a cluster are kept in a workspace that nobody removes by accident.',
          command: `grep -qE '^ +prevent_destroy += true$' ${FOLDER}/metrics.tf`,
          path: `${FOLDER}/metrics.tf`,
        },
      ],
    }),
    rules: (decision: Id, rules: readonly RuleFile[]): Contribution => ({
      files: file(
        input,
        `${FOLDER}/metric-rules.tf`,
        decision,
        'The rules that stand in Git as objects, judged where the metrics are, and who hears of them.',
        metricRules(rules),
      ),
    }),
  };
}

export function eksLogs(input: ClusterInput): TelemetryService {
  return {
    title: 'CloudWatch Logs',
    sink: `${batched('logs', 500)}
otelcol.auth.sigv4 "store" {
  region  = sys.env("REGION")
  service = "logs"
}

otelcol.exporter.otlphttp "store" {
  client {
    endpoint = sys.env("LOGS_URL")
    auth     = otelcol.auth.sigv4.store.handler
    headers  = {
      "x-aws-log-group"  = sys.env("LOG_GROUP"),
      "x-aws-log-stream" = "pods",
    }
  }
}
`,
    environment: {
      REGION: '${REGION}',
      LOGS_URL: 'https://logs.${REGION}.amazonaws.com',
      LOG_GROUP: '/platform/${CLUSTER_NAME}/pods',
    },
    rights: (decision, account) =>
      granted(input, 'The agent of the logs writes into one group.', decision, account, LOGS_WRITE),
    beside: decision => ({
      files: file(
        input,
        `${FOLDER}/logs.tf`,
        decision,
        'Where logs of pods and events are kept; a query that people begin with is saved beside them.',
        LOG_GROUP,
      ),
    }),
  };
}

export function eksTraces(input: ClusterInput): TelemetryService {
  return {
    title: 'X-Ray and CloudWatch',
    sink: `${batched('traces', 2000)}
otelcol.auth.sigv4 "store" {
  region  = sys.env("REGION")
  service = "xray"
}

otelcol.exporter.otlphttp "store" {
  client {
    endpoint = sys.env("TRACES_URL")
    auth     = otelcol.auth.sigv4.store.handler
  }
}
`,
    environment: { REGION: '${REGION}', TRACES_URL: 'https://xray.${REGION}.amazonaws.com' },
    rights: (decision, account) =>
      granted(input, 'The agent of the traces hands them to X-Ray.', decision, account, TRACES_WRITE),
    beside: decision => ({
      files: file(
        input,
        `${ACCOUNT}/traces.tf`,
        decision,
        'X-Ray may keep spans in CloudWatch Logs, where all of them can be searched.',
        TRANSACTION_SEARCH,
      ),
      checks: [
        {
          decision,
          says: 'X-Ray may write spans where they can be searched.',
          command: `grep -q 'aws/spans' ${ACCOUNT}/traces.tf`,
          path: `${ACCOUNT}/traces.tf`,
        },
      ],
      nextSteps: [
        'Have X-Ray keep spans in CloudWatch Logs, once per account and region: `aws xray update-trace-segment-destination --destination CloudWatchLogs`. Its endpoint for OpenTelemetry takes nothing before.',
      ],
    }),
  };
}

function file(input: ClusterInput, path: string, decision: Id, says: string, code: HclExpression) {
  return new Map([[path, terraformText(input, decision, says, code)]]);
}

/** The service takes so many at once. */
function batched(signal: 'logs' | 'traces', size: number): string {
  return `otelcol.processor.batch "store" {
  send_batch_size     = ${size}
  send_batch_max_size = ${size}

  output {
    ${signal} = [otelcol.exporter.otlphttp.store.input]
  }
}
`;
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

const LOGS_WRITE = hcl`  statement {
    sid       = "WriteLogs"
    actions   = ["logs:PutLogEvents"]
    resources = ["\${aws_cloudwatch_log_group.pods.arn}:*"]
  }`;

const LOG_GROUP = hcl`
resource "aws_cloudwatch_log_group" "pods" {
  name              = "/platform/\${var.cluster_name}/pods"
  retention_in_days = var.log_retention_days
  kms_key_id        = aws_kms_key.logs.arn
}

resource "aws_cloudwatch_log_stream" "pods" {
  name           = "pods"
  log_group_name = aws_cloudwatch_log_group.pods.name
}

resource "aws_cloudwatch_query_definition" "errors" {
  name            = "\${var.cluster_name}/errors-by-namespace"
  log_group_names = [aws_cloudwatch_log_group.pods.name]
  query_string    = "filter body like /(?i)error/ | stats count(*) as lines by attributes.namespace | sort lines desc"
}
`;

const TRACES_WRITE = hcl`  statement {
    sid = "WriteTraces"
    actions = [
      "xray:PutSpans",
      "xray:PutSpansForIndexing",
      "xray:PutTraceSegments",
    ]
    resources = ["*"]
  }`;

const TRANSACTION_SEARCH = hcl`
data "aws_iam_policy_document" "spans" {
  statement {
    sid     = "XRayWritesSpans"
    actions = ["logs:PutLogEvents"]
    resources = [
      "arn:\${data.aws_partition.current.partition}:logs:\${var.region}:\${var.account_id}:log-group:aws/spans:*",
      "arn:\${data.aws_partition.current.partition}:logs:\${var.region}:\${var.account_id}:log-group:/aws/application-signals/data:*",
    ]

    principals {
      type        = "Service"
      identifiers = ["xray.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:\${data.aws_partition.current.partition}:xray:\${var.region}:\${var.account_id}:*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_cloudwatch_log_resource_policy" "spans" {
  policy_name     = "xray-writes-spans"
  policy_document = data.aws_iam_policy_document.spans.json
}
`;
