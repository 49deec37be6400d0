/** Traces kept by X-Ray and CloudWatch. */
import { hcl } from '../../../../files/hcl.ts';
import type { ClusterInput } from '../../../cluster-input.ts';
import type { TelemetryService } from '../../../services.ts';
import { terraformText } from '../../../terraform.ts';
import { granted } from '../rights.ts';
import { ACCOUNT } from '../settings.ts';
import { batched } from './batched.ts';

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
      files: new Map([
        [
          `${ACCOUNT}/traces.tf`,
          terraformText(
            input,
            decision,
            'X-Ray may keep spans in CloudWatch Logs, where all of them can be searched.',
            TRANSACTION_SEARCH,
          ),
        ],
      ]),
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
