/** encryption.tf, cluster.tf and access.tf: the control plane and who may use it. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { pickOf } from '../../picks.ts';
import { isAutoMode, NOTHING } from './mode.ts';

/** Who may use keys: the account, and the service of logs. */
const KEY_DOCUMENTS = hcl`
data "aws_iam_policy_document" "account_key" {
  statement {
    sid       = "AccountAdministers"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:\${data.aws_partition.current.partition}:iam::\${var.account_id}:root"]
    }
  }
}

data "aws_iam_policy_document" "logs_key" {
  source_policy_documents = [data.aws_iam_policy_document.account_key.json]

  statement {
    sid = "LogsEncrypt"
    actions = [
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey*",
      "kms:ReEncrypt*",
    ]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.\${var.region}.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values   = ["arn:\${data.aws_partition.current.partition}:logs:\${var.region}:\${var.account_id}:log-group:*"]
    }
  }
}`;

const LOGS_KEY = hcl`resource "aws_kms_key" "logs" {
  description             = "Logs of the cluster \${var.cluster_name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.logs_key.json
}

resource "aws_kms_alias" "logs" {
  name          = "alias/\${var.cluster_name}-logs"
  target_key_id = aws_kms_key.logs.key_id
}`;

const SECRETS_KEY = hcl`# Losing this key is losing every Secret of the cluster.
resource "aws_kms_key" "secrets" {
  description             = "Secrets of the cluster \${var.cluster_name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.account_key.json

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "secrets" {
  name          = "alias/\${var.cluster_name}-secrets"
  target_key_id = aws_kms_key.secrets.key_id
}`;

export const ENCRYPTION = hcl`${KEY_DOCUMENTS}

${SECRETS_KEY}

${LOGS_KEY}
`;

/** Keys of a cluster whose machines encrypt Secrets themselves: that of its logs, and what all keys share. */
export const LOG_ENCRYPTION = hcl`${KEY_DOCUMENTS}

${LOGS_KEY}
`;

/** The control plane; in Auto Mode also what AWS runs beside it. */
export function cluster(input: ClusterInput): HclExpression {
  const auto = isAutoMode(input);
  return hcl`
data "aws_iam_policy_document" "cluster_trust" {
  statement {
    actions = ${auto ? ['sts:AssumeRole', 'sts:TagSession'] : ['sts:AssumeRole']}

    principals {
      type        = "Service"
      identifiers = ["eks.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "cluster_key" {
  statement {
    actions = [
      "kms:CreateGrant",
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:ListGrants",
    ]
    resources = [aws_kms_key.secrets.arn]
  }
}

resource "aws_iam_role" "cluster" {
  name_prefix        = "\${substr(var.cluster_name, 0, 26)}-cluster-"
  assume_role_policy = data.aws_iam_policy_document.cluster_trust.json
}

${auto ? AUTO_POLICIES : POLICY}

resource "aws_iam_role_policy" "cluster_key" {
  name   = "use-secrets-key"
  role   = aws_iam_role.cluster.id
  policy = data.aws_iam_policy_document.cluster_key.json
}

# Made before the cluster, which would otherwise make its own: without encryption and kept for ever.
resource "aws_cloudwatch_log_group" "cluster" {
  name              = "/aws/eks/\${var.cluster_name}/cluster"
  retention_in_days = var.log_retention_days
  kms_key_id        = aws_kms_key.logs.arn
}

resource "aws_eks_cluster" "main" {
  name                          = var.cluster_name
  version                       = var.kubernetes_version
  role_arn                      = aws_iam_role.cluster.arn
  bootstrap_self_managed_addons = false
  deletion_protection           = true
  enabled_cluster_log_types     = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = aws_kms_key.secrets.arn
    }
  }

  kubernetes_network_config {
    ip_family         = "ipv4"
    service_ipv4_cidr = var.service_cidr${auto ? LOAD_BALANCERS : NOTHING}
  }
${auto ? COMPUTE : NOTHING}
${pickOf(input.stack, 'upgrades') === 'extended-support' ? EXTENDED : STANDARD}

  vpc_config {
    subnet_ids              = local.control_plane_subnet_ids
    endpoint_private_access = true
    endpoint_public_access  = length(var.api_allowed_cidrs) > 0
    public_access_cidrs     = length(var.api_allowed_cidrs) > 0 ? var.api_allowed_cidrs : null
  }

  zonal_shift_config {
    enabled = true
  }

  depends_on = [
    aws_cloudwatch_log_group.cluster,
    aws_iam_role_policy.cluster_key,
    aws_iam_role_policy_attachment.cluster,
  ]
}
`;
}

const POLICY = hcl`resource "aws_iam_role_policy_attachment" "cluster" {
  role       = aws_iam_role.cluster.name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/AmazonEKSClusterPolicy"
}`;

const AUTO_POLICIES = hcl`# What AWS does in this account for the cluster: machines, disks, load balancers, network interfaces.
resource "aws_iam_role_policy_attachment" "cluster" {
  for_each = toset([
    "AmazonEKSBlockStoragePolicy",
    "AmazonEKSClusterPolicy",
    "AmazonEKSComputePolicy",
    "AmazonEKSLoadBalancingPolicy",
    "AmazonEKSNetworkingPolicy",
  ])

  role       = aws_iam_role.cluster.name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/\${each.value}"
}`;

const LOAD_BALANCERS = hcl`

elastic_load_balancing {
  enabled = true
}`;

const COMPUTE = hcl`
  # The pool of the platform is AWS's own; that of the workloads lies in platform-config/base/node-pools.
  compute_config {
    enabled       = true
    node_pools    = ["system"]
    node_role_arn = aws_iam_role.node.arn
  }

  storage_config {
    block_storage {
      enabled = true
    }
  }
`;

const STANDARD = hcl`  # STANDARD: at its end of support the minor is raised rather than paid for; docs/runbooks/upgrade-cluster.md comes first.
  upgrade_policy {
    support_type = "STANDARD"
  }`;

const EXTENDED = hcl`  # EXTENDED: the minor stays for another year after its standard support, for a fee per hour of the cluster.
  upgrade_policy {
    support_type = "EXTENDED"
  }`;

export const ACCESS = hcl`
resource "aws_eks_access_entry" "admin" {
  for_each = var.admin_role_arns

  cluster_name  = aws_eks_cluster.main.name
  principal_arn = each.value
}

resource "aws_eks_access_policy_association" "admin" {
  for_each = var.admin_role_arns

  cluster_name  = aws_eks_cluster.main.name
  principal_arn = aws_eks_access_entry.admin[each.value].principal_arn
  policy_arn    = "arn:\${data.aws_partition.current.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

  access_scope {
    type = "cluster"
  }
}

resource "aws_eks_access_entry" "viewer" {
  for_each = var.viewer_role_arns

  cluster_name  = aws_eks_cluster.main.name
  principal_arn = each.value
}

resource "aws_eks_access_policy_association" "viewer" {
  for_each = var.viewer_role_arns

  cluster_name  = aws_eks_cluster.main.name
  principal_arn = aws_eks_access_entry.viewer[each.value].principal_arn
  policy_arn    = "arn:\${data.aws_partition.current.partition}:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"

  access_scope {
    type = "cluster"
  }
}
`;
