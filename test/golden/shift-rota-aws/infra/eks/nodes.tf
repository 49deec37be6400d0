# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# What nodes may do; AWS makes them, and the pools are in platform-config/base/node-pools.

data "aws_iam_policy_document" "node_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "node" {
  name_prefix        = "${substr(var.cluster_name, 0, 29)}-node-"
  assume_role_policy = data.aws_iam_policy_document.node_trust.json
}

# The smallest set with which a node of Auto Mode joins; controllers get roles of their own.
resource "aws_iam_role_policy_attachment" "node" {
  for_each = toset(["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodeMinimalPolicy"])

  role       = aws_iam_role.node.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/${each.value}"
}
