# Follows ADR-0022 (docs/adr/0022-secrets-secrets-store-csi-driver.md).
# The driver that mounts secrets, kept up to date by AWS. It has no rights itself: each workload reads with a role of its own.

variable "secret_readers" {
  description = "Service accounts that may read secrets, by any name: those of the store whose name begins with CLUSTER/PREFIX/."
  type = map(object({
    namespace       = string
    service_account = string
    prefix          = string
  }))
  default = {}
}

data "aws_eks_addon_version" "secrets_store" {
  addon_name         = "aws-secrets-store-csi-driver-provider"
  kubernetes_version = aws_eks_cluster.main.version
}

resource "aws_eks_addon" "secrets_store" {
  cluster_name                = aws_eks_cluster.main.name
  addon_name                  = "aws-secrets-store-csi-driver-provider"
  addon_version               = data.aws_eks_addon_version.secrets_store.version
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  depends_on = [aws_eks_cluster.main]
}

data "aws_iam_policy_document" "secret_reader" {
  for_each = var.secret_readers

  statement {
    sid       = "ReadOwnSecrets"
    actions   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
    resources = ["arn:${data.aws_partition.current.partition}:secretsmanager:${var.region}:${var.account_id}:secret:${var.cluster_name}/${each.value.prefix}/*"]
  }
}

resource "aws_iam_role" "secret_reader" {
  for_each = var.secret_readers

  name_prefix        = "${substr(var.cluster_name, 0, 20)}-${substr(each.key, 0, 16)}-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy" "secret_reader" {
  for_each = var.secret_readers

  name   = "read-secrets"
  role   = aws_iam_role.secret_reader[each.key].id
  policy = data.aws_iam_policy_document.secret_reader[each.key].json
}

resource "aws_eks_pod_identity_association" "secret_reader" {
  for_each = var.secret_readers

  cluster_name    = aws_eks_cluster.main.name
  namespace       = each.value.namespace
  service_account = each.value.service_account
  role_arn        = aws_iam_role.secret_reader[each.key].arn
}
