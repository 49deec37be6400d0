# Follows ADR-0026 (docs/adr/0026-traces-the-cloud-providers-tracing-service.md).
# The agent of the traces hands them to X-Ray.

data "aws_iam_policy_document" "traces_agent" {
  statement {
    sid = "WriteTraces"
    actions = [
      "xray:PutSpans",
      "xray:PutSpansForIndexing",
      "xray:PutTraceSegments",
    ]
    resources = ["*"]
  }
}

resource "aws_iam_role" "traces_agent" {
  name_prefix        = "${substr(var.cluster_name, 0, 24)}-traces-agent-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy" "traces_agent" {
  name   = "traces-agent"
  role   = aws_iam_role.traces_agent.id
  policy = data.aws_iam_policy_document.traces_agent.json
}

resource "aws_eks_pod_identity_association" "traces_agent" {
  cluster_name    = aws_eks_cluster.main.name
  namespace       = "tracing"
  service_account = "traces-agent"
  role_arn        = aws_iam_role.traces_agent.arn
}
