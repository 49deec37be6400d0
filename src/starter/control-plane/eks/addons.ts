/** addons.tf: what AWS keeps up to date itself, in the version that AWS gives this Kubernetes minor by default. */
import { type HclExpression, hcl, hclCode } from '../../../files/hcl.ts';

const ALWAYS = [
  'aws-ebs-csi-driver',
  'coredns',
  'eks-node-monitoring-agent',
  'eks-pod-identity-agent',
  'metrics-server',
];

/** `more`: those of the network plugin, which lie in cni.tf and come before the nodes; most of these come after them. */
export function addons(more: readonly string[]): HclExpression {
  const names = [...ALWAYS, ...more].sort();
  return hcl`
# Not "latest": the default version is the one AWS tested with this minor. A new default shows up in the plan.
data "aws_eks_addon_version" "default" {
  for_each = toset(${names})

  addon_name         = each.value
  kubernetes_version = aws_eks_cluster.main.version
}

# Runs in the host's network, so it is there before any pod that asks for credentials.
resource "aws_eks_addon" "pod_identity" {
  cluster_name                = aws_eks_cluster.main.name
  addon_name                  = "eks-pod-identity-agent"
  addon_version               = data.aws_eks_addon_version.default["eks-pod-identity-agent"].version
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
}

${more.includes('kube-proxy') ? KUBE_PROXY : NOTHING}resource "aws_eks_addon" "coredns" {
  cluster_name                = aws_eks_cluster.main.name
  addon_name                  = "coredns"
  addon_version               = data.aws_eks_addon_version.default["coredns"].version
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  configuration_values = jsonencode({
    replicaCount = 3
    nodeSelector = { node-pool = "system" }
    tolerations  = [{ key = "CriticalAddonsOnly", operator = "Exists" }]
    topologySpreadConstraints = [{
      maxSkew           = 1
      topologyKey       = "topology.kubernetes.io/zone"
      whenUnsatisfiable = "ScheduleAnyway"
      labelSelector     = { matchLabels = { k8s-app = "kube-dns" } }
    }]
  })

  depends_on = [aws_eks_node_group.system]
}

resource "aws_eks_addon" "ebs_csi" {
  cluster_name                = aws_eks_cluster.main.name
  addon_name                  = "aws-ebs-csi-driver"
  addon_version               = data.aws_eks_addon_version.default["aws-ebs-csi-driver"].version
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  pod_identity_association {
    role_arn        = aws_iam_role.ebs_csi.arn
    service_account = "ebs-csi-controller-sa"
  }

  configuration_values = jsonencode({
    controller = {
      nodeSelector = { node-pool = "system" }
      tolerations  = [{ key = "CriticalAddonsOnly", operator = "Exists" }]
    }
  })

  depends_on = [aws_eks_node_group.system]
}

resource "aws_eks_addon" "metrics_server" {
  cluster_name                = aws_eks_cluster.main.name
  addon_name                  = "metrics-server"
  addon_version               = data.aws_eks_addon_version.default["metrics-server"].version
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  depends_on = [aws_eks_node_group.workload]
}

# Finds failing disks, kernels and network interfaces, on which node repair acts.
resource "aws_eks_addon" "node_monitoring" {
  cluster_name                = aws_eks_cluster.main.name
  addon_name                  = "eks-node-monitoring-agent"
  addon_version               = data.aws_eks_addon_version.default["eks-node-monitoring-agent"].version
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
}
`;
}

const NOTHING = hclCode('');

const KUBE_PROXY = hcl`resource "aws_eks_addon" "kube_proxy" {
  cluster_name                = aws_eks_cluster.main.name
  addon_name                  = "kube-proxy"
  addon_version               = data.aws_eks_addon_version.default["kube-proxy"].version
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
}

`;
