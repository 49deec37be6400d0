# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# Rights of KEDA: it may ask how much waits, and nothing else.

data "aws_iam_policy_document" "keda_operator" {
  statement {
    sid       = "AskForTheLength"
    actions   = ["sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.demo_worker.arn]
  }
}

resource "aws_iam_role" "keda_operator" {
  name_prefix        = "${substr(var.cluster_name, 0, 23)}-keda-operator-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy" "keda_operator" {
  name   = "keda-operator"
  role   = aws_iam_role.keda_operator.id
  policy = data.aws_iam_policy_document.keda_operator.json
}

resource "aws_eks_pod_identity_association" "keda_operator" {
  cluster_name    = aws_eks_cluster.main.name
  namespace       = "keda"
  service_account = "keda-operator"
  role_arn        = aws_iam_role.keda_operator.arn
}
