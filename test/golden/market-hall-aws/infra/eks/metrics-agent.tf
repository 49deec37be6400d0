# Follows ADR-0022 (docs/adr/0022-metrics-the-cloud-providers-metrics-service.md).
# The agent of the metrics writes into one workspace.

data "aws_iam_policy_document" "metrics_agent" {
  statement {
    sid       = "WriteMetrics"
    actions   = ["aps:RemoteWrite"]
    resources = [aws_prometheus_workspace.main.arn]
  }
}

resource "aws_iam_role" "metrics_agent" {
  name_prefix        = "${substr(var.cluster_name, 0, 23)}-metrics-agent-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy" "metrics_agent" {
  name   = "metrics-agent"
  role   = aws_iam_role.metrics_agent.id
  policy = data.aws_iam_policy_document.metrics_agent.json
}

resource "aws_eks_pod_identity_association" "metrics_agent" {
  cluster_name    = aws_eks_cluster.main.name
  namespace       = "monitoring"
  service_account = "metrics-agent"
  role_arn        = aws_iam_role.metrics_agent.arn
}
