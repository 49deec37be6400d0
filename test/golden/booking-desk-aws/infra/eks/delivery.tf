# Follows ADR-0019 (docs/adr/0019-delivery-push-from-the-pipeline.md).
# The pipeline has no key: GitHub says which environment a job runs in, and AWS lends that environment one role. The roles find the cluster and nothing else; what they may do in it stands in delivery/access.

variable "delivery_repository" {
  description = "GitHub repository whose pipelines deliver: owner/name, or OWNER@NUMBER/NAME@NUMBER where GitHub names it so in its tokens, as it does for repositories made since July 2026."
  type        = string
  default     = "harbour/platform"
}

locals {
  # Environments of GitHub, each protected there: what may take a role is decided where people approve.
  delivery = {
    platform = "deliver-${var.cluster_name}"
    apps     = "deliver-${var.cluster_name}-apps"
    compare  = "compare-${var.cluster_name}"
  }
}

data "aws_iam_policy_document" "delivery_trust" {
  for_each = local.delivery

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${var.account_id}:oidc-provider/token.actions.githubusercontent.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:${var.delivery_repository}:environment:${each.value}"]
    }
  }
}

data "aws_iam_policy_document" "delivery" {
  statement {
    sid       = "FindTheCluster"
    actions   = ["eks:DescribeCluster"]
    resources = [aws_eks_cluster.main.arn]
  }
}

resource "aws_iam_role" "delivery" {
  for_each = local.delivery

  name_prefix          = "${substr(var.cluster_name, 0, 26)}-${each.key}-"
  assume_role_policy   = data.aws_iam_policy_document.delivery_trust[each.key].json
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "delivery" {
  for_each = local.delivery

  name   = "find-the-cluster"
  role   = aws_iam_role.delivery[each.key].id
  policy = data.aws_iam_policy_document.delivery.json
}

resource "aws_eks_access_entry" "delivery" {
  for_each = local.delivery

  cluster_name      = aws_eks_cluster.main.name
  principal_arn     = aws_iam_role.delivery[each.key].arn
  kubernetes_groups = ["delivery:${each.key}"]
}

output "delivery_roles" {
  description = "Which role goes into the variable AWS_DELIVERY_ROLE of which GitHub environment."
  value       = { for id, role in aws_iam_role.delivery : local.delivery[id] => role.arn }
}
