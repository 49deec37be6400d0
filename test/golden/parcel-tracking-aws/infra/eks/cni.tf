# Follows ADR-0012 (docs/adr/0012-pod-network-cilium.md).
# Cilium needs the rights to give nodes addresses, and stands before the first node: no node becomes ready without it.

data "aws_iam_policy_document" "cilium_operator" {
  statement {
    sid = "Look"
    actions = [
      "ec2:DescribeInstances",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeTags",
      "ec2:DescribeVpcs",
    ]
    resources = ["*"]
  }

  statement {
    sid = "GiveNodesAddresses"
    actions = [
      "ec2:AssignPrivateIpAddresses",
      "ec2:AttachNetworkInterface",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:ModifyNetworkInterfaceAttribute",
      "ec2:UnassignPrivateIpAddresses",
    ]
    resources = [
      "arn:${data.aws_partition.current.partition}:ec2:${var.region}:${var.account_id}:instance/*",
      "arn:${data.aws_partition.current.partition}:ec2:${var.region}:${var.account_id}:network-interface/*",
      "arn:${data.aws_partition.current.partition}:ec2:${var.region}:${var.account_id}:security-group/*",
      "arn:${data.aws_partition.current.partition}:ec2:${var.region}:${var.account_id}:subnet/*",
    ]
  }

  statement {
    sid       = "MarkInterfaces"
    actions   = ["ec2:CreateTags"]
    resources = ["arn:${data.aws_partition.current.partition}:ec2:${var.region}:${var.account_id}:network-interface/*"]
  }
}

resource "aws_iam_role" "cilium_operator" {
  name_prefix        = "${substr(var.cluster_name, 0, 22)}-cilium-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy" "cilium_operator" {
  name   = "give-nodes-addresses"
  role   = aws_iam_role.cilium_operator.id
  policy = data.aws_iam_policy_document.cilium_operator.json
}

resource "aws_eks_pod_identity_association" "cilium_operator" {
  cluster_name    = aws_eks_cluster.main.name
  namespace       = "kube-system"
  service_account = "cilium-operator"
  role_arn        = aws_iam_role.cilium_operator.arn

  depends_on = [aws_iam_role_policy.cilium_operator]
}

# Nodes wait for a network plugin, and Git delivers nothing without nodes. The script installs the release that Git
# takes over, once; where it is there already, nothing happens. It needs the API: apply from where that answers.
resource "terraform_data" "cilium" {
  triggers_replace = [aws_eks_cluster.main.arn]

  provisioner "local-exec" {
    command     = "scripts/install-cilium.sh"
    working_dir = "${path.module}/../.."

    environment = {
      ADMIN_ROLE   = sort(tolist(var.admin_role_arns))[0]
      API_SERVER   = trimprefix(aws_eks_cluster.main.endpoint, "https://")
      CLUSTER_NAME = aws_eks_cluster.main.name
      REGION       = var.region
    }
  }

  depends_on = [aws_eks_access_policy_association.admin]
}
