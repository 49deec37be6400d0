# Follows ADR-0010 (docs/adr/0010-registry-a-cloud-registry-with-a-mirror-of-what-others-publish.md).
# Nodes may have the registry fetch what it does not hold yet.

data "aws_iam_policy_document" "mirror" {
  statement {
    sid       = "FetchWhatIsNotThereYet"
    actions   = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"]
    resources = [for prefix in ["docker-hub", "ghcr", "ecr-public", "quay", "kubernetes"] : "arn:${data.aws_partition.current.partition}:ecr:${var.region}:${var.account_id}:repository/${prefix}/*"]
  }
}

resource "aws_iam_role_policy" "mirror" {
  for_each = { groups = aws_iam_role.node.id, karpenter = aws_iam_role.karpenter_node.id }

  name   = "fetch-into-mirror"
  role   = each.value
  policy = data.aws_iam_policy_document.mirror.json
}
