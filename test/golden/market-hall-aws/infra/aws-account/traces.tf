# Follows ADR-0026 (docs/adr/0026-traces-the-cloud-providers-tracing-service.md).
# X-Ray may keep spans in CloudWatch Logs, where all of them can be searched.

data "aws_iam_policy_document" "spans" {
  statement {
    sid     = "XRayWritesSpans"
    actions = ["logs:PutLogEvents"]
    resources = [
      "arn:${data.aws_partition.current.partition}:logs:${var.region}:${var.account_id}:log-group:aws/spans:*",
      "arn:${data.aws_partition.current.partition}:logs:${var.region}:${var.account_id}:log-group:/aws/application-signals/data:*",
    ]

    principals {
      type        = "Service"
      identifiers = ["xray.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:${data.aws_partition.current.partition}:xray:${var.region}:${var.account_id}:*"]
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
