# Follows ADR-0023 (docs/adr/0023-secrets-external-secrets-operator.md).
# Rights of the controller that reads secrets: those of this cluster and no others.

data "aws_iam_policy_document" "external_secrets" {
  statement {
    sid = "ReadOwnSecrets"
    actions = [
      "secretsmanager:DescribeSecret",
      "secretsmanager:GetSecretValue",
    ]
    resources = ["arn:${data.aws_partition.current.partition}:secretsmanager:${var.region}:${var.account_id}:secret:${var.cluster_name}/*"]
  }
}

resource "aws_iam_role" "external_secrets" {
  name_prefix        = "${substr(var.cluster_name, 0, 20)}-external-secrets-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy" "external_secrets" {
  name   = "external-secrets"
  role   = aws_iam_role.external_secrets.id
  policy = data.aws_iam_policy_document.external_secrets.json
}

resource "aws_eks_pod_identity_association" "external_secrets" {
  cluster_name    = aws_eks_cluster.main.name
  namespace       = "external-secrets"
  service_account = "external-secrets"
  role_arn        = aws_iam_role.external_secrets.arn
}
