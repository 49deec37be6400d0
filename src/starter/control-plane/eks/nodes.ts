/** nodes.tf: a pool for the platform and one for the workloads, each over three zones. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { StartupTaint } from '../../foundation.ts';

/** `waitFor`: what must stand before a node can become ready, such as the network plugin. */
export function nodes(waitFor: readonly HclExpression[], taints: readonly StartupTaint[]): HclExpression {
  const startup = taintBlocks(taints);
  return hcl`
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
  name_prefix        = "\${substr(var.cluster_name, 0, 29)}-node-"
  assume_role_policy = data.aws_iam_policy_document.node_trust.json
}

# The smallest set with which a node joins; controllers get roles of their own in identity.tf.
resource "aws_iam_role_policy_attachment" "node" {
  for_each = toset(["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy"])

  role       = aws_iam_role.node.name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/\${each.value}"
}

resource "aws_launch_template" "node" {
  name_prefix            = "\${var.cluster_name}-node-"
  update_default_version = true

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
    tags          = { Name = "\${var.cluster_name}-node" }
  }

  tag_specifications {
    resource_type = "volume"
    tags          = { Name = "\${var.cluster_name}-node" }
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
${startup}
  update_config {
    max_unavailable = 1
  }

  node_repair_config {
    enabled = true
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = ${[...waitFor, hcl`aws_iam_role_policy_attachment.node`]}
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
${startup}
  update_config {
    max_unavailable = 1
  }

  node_repair_config {
    enabled = true
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = ${[...waitFor, hcl`aws_iam_role_policy_attachment.node`]}
}
`;
}

const EFFECTS = { NoExecute: 'NO_EXECUTE', NoSchedule: 'NO_SCHEDULE' } as const;

/** With an empty line before each, as the blocks around them have it. */
function taintBlocks(taints: readonly StartupTaint[]): HclExpression {
  const blocks = taints.map(
    ({ key, value, effect }) =>
      hcl`
  # Taken away by the agent of the network plugin as soon as it runs.
  taint {
    key    = ${key}
    value  = ${value}
    effect = ${EFFECTS[effect]}
  }
`.code,
  );
  return { kind: 'expression', code: blocks.join('') };
}
