# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# Two pools of at least three nodes, so that losing a node goes unnoticed.

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

# The smallest set with which a node joins; controllers get roles of their own in identity.tf.
resource "aws_iam_role_policy_attachment" "node" {
  for_each = toset(["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy"])

  role       = aws_iam_role.node.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/${each.value}"
}

resource "aws_launch_template" "node" {
  name_prefix            = "${var.cluster_name}-node-"
  update_default_version = true
  user_data              = base64encode(local.kernel_settings)

  # One hop: the metadata service answers the node and none of its pods.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  # The data volume of Bottlerocket: images and emptyDirs.
  block_device_mappings {
    device_name = "/dev/xvdb"

    ebs {
      volume_size           = 80
      volume_type           = "gp3"
      encrypted             = true
      delete_on_termination = true
    }
  }

  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "${var.cluster_name}-node" }
  }

  tag_specifications {
    resource_type = "volume"
    tags          = { Name = "${var.cluster_name}-node" }
  }
}

resource "aws_eks_node_group" "system" {
  cluster_name           = aws_eks_cluster.main.name
  node_group_name_prefix = "system-"
  node_role_arn          = aws_iam_role.node.arn
  subnet_ids             = local.node_subnet_ids
  ami_type               = var.ami_type
  instance_types         = var.system_nodes.instance_types
  version                = aws_eks_cluster.main.version
  labels                 = { node-pool = "system" }

  launch_template {
    id      = aws_launch_template.node.id
    version = aws_launch_template.node.latest_version
  }

  scaling_config {
    desired_size = var.system_nodes.min_size
    min_size     = var.system_nodes.min_size
    max_size     = var.system_nodes.max_size
  }

  taint {
    key    = "CriticalAddonsOnly"
    value  = "true"
    effect = "NO_SCHEDULE"
  }

  update_config {
    max_unavailable = 1
  }

  node_repair_config {
    enabled = true
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [
    aws_eks_addon.pod_identity,
    aws_eks_addon.kube_proxy,
    aws_eks_addon.vpc_cni,
    aws_iam_role_policy_attachment.node,
  ]
}

resource "aws_eks_node_group" "workload" {
  cluster_name           = aws_eks_cluster.main.name
  node_group_name_prefix = "workload-"
  node_role_arn          = aws_iam_role.node.arn
  subnet_ids             = local.node_subnet_ids
  ami_type               = var.ami_type
  instance_types         = var.workload_nodes.instance_types
  version                = aws_eks_cluster.main.version
  labels                 = { node-pool = "workload" }

  launch_template {
    id      = aws_launch_template.node.id
    version = aws_launch_template.node.latest_version
  }

  scaling_config {
    desired_size = var.workload_nodes.min_size
    min_size     = var.workload_nodes.min_size
    max_size     = var.workload_nodes.max_size
  }

  update_config {
    max_unavailable = 1
  }

  node_repair_config {
    enabled = true
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [
    aws_eks_addon.pod_identity,
    aws_eks_addon.kube_proxy,
    aws_eks_addon.vpc_cni,
    aws_iam_role_policy_attachment.node,
  ]
}
