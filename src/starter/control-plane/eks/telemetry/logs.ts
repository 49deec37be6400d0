/** Logs of pods kept by CloudWatch Logs. */
import { hcl } from '../../../../files/hcl.ts';
import type { ClusterInput } from '../../../cluster-input.ts';
import type { TelemetryService } from '../../../services.ts';
import { terraformText } from '../../../terraform.ts';
import { granted } from '../rights.ts';
import { folderOf } from '../trust.ts';
import { batched } from './batched.ts';

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
      files: new Map([
        [
          `${folderOf(input)}/logs.tf`,
          terraformText(
            input,
            decision,
            'Where logs of pods and events are kept; a query that people begin with is saved beside them.',
            LOG_GROUP,
          ),
        ],
      ]),
    }),
  };
}

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
