/** windows.tf: a group of nodes with Windows beside those with Linux, behind a security group of its own. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { OWN_METADATA } from '../../aws/own-metadata.ts';
import type { Way } from '../../egress/way-out/way.ts';
import type { WindowsNodes } from '../../foundation.ts';
import { nodeGroup, type Scaling } from './node-group.ts';
import { userDataByProxy } from './proxy.ts';
import { USER_DATA_FILE } from './windows-user-data.ts';

/** Two in the beginning: the loss of one leaves another. */
export const WINDOWS_NODES = 2;

/** `waitFor`: what must stand before a node can become ready. */
export function windowsGroup(
  { taint }: WindowsNodes,
  scaling: Scaling,
  waitFor: readonly HclExpression[],
  way: Way,
): HclExpression {
  const told = way === 'proxy';
  return hcl`
# Gives pods on Windows their addresses; it runs beside the control plane, as the role of the cluster.
resource "aws_iam_role_policy_attachment" "cluster_windows" {
  role       = aws_iam_role.cluster.name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/AmazonEKSVPCResourceController"
}

# Not the role of the other nodes: EKS makes one access entry for each role, and that of this one is of the type EC2_WINDOWS.
resource "aws_iam_role" "windows_node" {
  name_prefix        = "\${substr(var.cluster_name, 0, 23)}-windows-node-"
  assume_role_policy = data.aws_iam_policy_document.node_trust.json
}

resource "aws_iam_role_policy_attachment" "windows_node" {
  for_each = toset(["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy"])

  role       = aws_iam_role.windows_node.name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/\${each.value}"
}

# In the place of network policies, which hold on Linux alone; docs/runbooks/windows-nodes.md says what follows.
resource "aws_security_group" "windows" {
  name_prefix = "\${substr(var.cluster_name, 0, 80)}-windows-"
  description = "Nodes and pods with Windows."
  vpc_id      = local.vpc_id
  tags        = { Name = "\${var.cluster_name}-windows" }

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  linux_group_id = aws_eks_cluster.main.vpc_config[0].cluster_security_group_id

  # What the control plane, nodes and pods on Linux may ask for there.
  into_windows = merge(
    { kubelet = 10250 },
    { for port in var.windows_ports : "port-\${port}" => port },
  )
  # What is asked for from there.
  from_windows = {
    api       = { protocol = "tcp", port = 443 }
    names-tcp = { protocol = "tcp", port = 53 }
    names-udp = { protocol = "udp", port = 53 }
  }
}

resource "aws_vpc_security_group_ingress_rule" "into_windows" {
  for_each = local.into_windows

  security_group_id            = aws_security_group.windows.id
  description                  = "Control plane, nodes and pods on Linux: \${each.key}."
  referenced_security_group_id = local.linux_group_id
  ip_protocol                  = "tcp"
  from_port                    = each.value
  to_port                      = each.value
}

resource "aws_vpc_security_group_ingress_rule" "from_windows" {
  for_each = local.from_windows

  security_group_id            = local.linux_group_id
  description                  = "Nodes and pods with Windows: \${each.key}."
  referenced_security_group_id = aws_security_group.windows.id
  ip_protocol                  = each.value.protocol
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_egress_rule" "names_of_windows" {
  for_each = toset(["tcp", "udp"])

  security_group_id            = aws_security_group.windows.id
  description                  = "Names, from the resolvers on Linux."
  referenced_security_group_id = local.linux_group_id
  ip_protocol                  = each.value
  from_port                    = 53
  to_port                      = 53
}

resource "aws_vpc_security_group_egress_rule" "https_of_windows" {
  security_group_id = aws_security_group.windows.id
  description       = "The control plane, images and services of AWS${told ? hcl`, which answer within the network` : hcl`, whose addresses change`}."
  cidr_ipv4         = ${told ? hcl`var.vpc_cidr` : hcl`"0.0.0.0/0"`}
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
${told ? TO_PROXY : hcl``}
resource "aws_launch_template" "windows_node" {
  name_prefix            = "\${var.cluster_name}-windows-node-"
  update_default_version = true
  vpc_security_group_ids = [aws_security_group.windows.id]${told ? USER_DATA : hcl``}

  ${OWN_METADATA}

  # One volume for the system and for images, which are larger than those of Linux.
  block_device_mappings {
    device_name = "/dev/sda1"

    ebs {
      volume_size           = 120
      volume_type           = "gp3"
      encrypted             = true
      delete_on_termination = true
    }
  }

  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "\${var.cluster_name}-windows-node" }
  }

  tag_specifications {
    resource_type = "volume"
    tags          = { Name = "\${var.cluster_name}-windows-node" }
  }
}

# Of any zone: pods with Windows hold no volume here.
${nodeGroup({
  label: 'windows',
  system: 'windows',
  over: { each: hcl``, name: hcl`"windows-"`, subnets: hcl`local.node_subnet_ids` },
  image: hcl`var.windows_nodes.ami_type`,
  sizes: { min: hcl`var.windows_nodes.min_size`, max: hcl`var.windows_nodes.max_size` },
  fixed: scaling === 'by-hand',
  taint: hcl`
  taint {
    key    = ${taint.key}
    value  = ${taint.value}
    effect = "NO_SCHEDULE"
  }
`,
  startup: hcl``,
  waitFor: [
    ...waitFor,
    ...MUST_STAND,
    ...(told ? [hcl`aws_vpc_security_group_egress_rule.proxy_of_windows`] : []),
  ],
})}`;
}

const TO_PROXY = hcl`
locals {
  # Where nothing else is said, that of http://.
  proxy_port = try(tonumber(regex(":([0-9]+)/?$", var.proxy.url)[0]), 80)
}

resource "aws_vpc_security_group_egress_rule" "proxy_of_windows" {
  security_group_id = aws_security_group.windows.id
  description       = "The proxy of the house, for images."
  cidr_ipv4         = var.proxy.range
  ip_protocol       = "tcp"
  from_port         = local.proxy_port
  to_port           = local.proxy_port
}
`;

/** EKS adds its own commands after these. */
const USER_DATA = hcl`
user_data = ${userDataByProxy(USER_DATA_FILE)}`;

export const WINDOWS_VARIABLES = hcl`variable "windows_nodes" {
  description = "Nodes with Windows. The release of the image is that which containers were built for."
  type = object({
    ami_type       = string
    instance_types = list(string)
    min_size       = number
    max_size       = number
  })
  default = {
    ami_type       = "WINDOWS_CORE_2022_x86_64"
    instance_types = ["m7i.xlarge"]
    min_size       = ${WINDOWS_NODES}
    max_size       = 6
  }

  validation {
    condition     = var.windows_nodes.min_size >= 2
    error_message = "Two nodes at least: the loss of one must leave another."
  }
}

variable "windows_ports" {
  description = "Ports of pods with Windows that pods on Linux may reach: network policies do not hold there."
  type        = set(number)
  default     = [8080]
}

`;

/** Without addresses, the API and its kubelet within reach a node does not become ready. */
const MUST_STAND = [
  hcl`aws_iam_role_policy_attachment.cluster_windows`,
  hcl`aws_vpc_security_group_egress_rule.https_of_windows`,
  hcl`aws_vpc_security_group_egress_rule.names_of_windows`,
  hcl`aws_vpc_security_group_ingress_rule.from_windows`,
  hcl`aws_vpc_security_group_ingress_rule.into_windows`,
];

/** Runs of the tests of the module. */
export const WINDOWS_RUNS = hcl`run "keeps_nodes_with_windows_apart" {
  command = plan

  assert {
    condition     = one(aws_eks_node_group.windows.taint).key == "os" && startswith(aws_eks_node_group.windows.ami_type, "WINDOWS_")
    error_message = "Pods for Linux stay away from nodes with Windows."
  }

  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_egress_rule.names_of_windows : rule.from_port == 53]) && aws_vpc_security_group_egress_rule.https_of_windows.to_port == 443
    error_message = "Names and HTTPS leave nodes with Windows, and nothing else."
  }
}

run "refuses_a_single_node_with_windows" {
  command = plan

  variables {
    windows_nodes = {
      ami_type       = "WINDOWS_CORE_2022_x86_64"
      instance_types = ["m7i.xlarge"]
      min_size       = 1
      max_size       = 1
    }
  }

  expect_failures = [var.windows_nodes]
}

`;
