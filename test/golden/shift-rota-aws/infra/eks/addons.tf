# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# Add-ons that AWS maintains.

# Not "latest": the default version is the one AWS tested with this minor. A new default shows up in the plan.
data "aws_eks_addon_version" "default" {
  for_each = toset(["metrics-server"])

  addon_name         = each.value
  kubernetes_version = aws_eks_cluster.main.version
}

# What Auto Mode does not bring along; names, disks, credentials and load balancers are part of it.
resource "aws_eks_addon" "metrics_server" {
  cluster_name                = aws_eks_cluster.main.name
  addon_name                  = "metrics-server"
  addon_version               = data.aws_eks_addon_version.default["metrics-server"].version
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  configuration_values = jsonencode({
    nodeSelector = { "karpenter.sh/nodepool" = "system" }
    tolerations  = [{ key = "CriticalAddonsOnly", operator = "Exists" }]
  })
}
