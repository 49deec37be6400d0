# Follows ADR-0006 (docs/adr/0006-logs-the-cloud-providers-log-service.md).
# The agent of the logs writes into one group.

data "aws_iam_policy_document" "logs_agent" {
  statement {
    sid       = "WriteLogs"
    actions   = ["logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.pods.arn}:*"]
  }
}

resource "aws_iam_role" "logs_agent" {
  name_prefix        = "${substr(var.cluster_name, 0, 26)}-logs-agent-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy" "logs_agent" {
  name   = "logs-agent"
  role   = aws_iam_role.logs_agent.id
  policy = data.aws_iam_policy_document.logs_agent.json
}

resource "aws_eks_pod_identity_association" "logs_agent" {
  cluster_name    = aws_eks_cluster.main.name
  namespace       = "logging"
  service_account = "logs-agent"
  role_arn        = aws_iam_role.logs_agent.arn
}
