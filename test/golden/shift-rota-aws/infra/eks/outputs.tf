# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# cluster_vars must equal clusters/<name>/variables/cluster-vars.yaml; scripts/bootstrap.sh compares them.

output "cluster_name" {
  description = "For aws eks update-kubeconfig."
  value       = aws_eks_cluster.main.name
}

output "api_endpoint" {
  description = "Address of the Kubernetes API."
  value       = aws_eks_cluster.main.endpoint
}

output "network" {
  description = "What others connect to: the network and the subnets of the nodes."
  value       = { vpc_id = local.vpc_id, node_subnet_ids = local.node_subnet_ids }
}

output "zones" {
  description = "Zones that nodes spread over."
  value       = local.zones
}

output "cluster_vars" {
  description = "What differs between clusters in manifests."
  value = {
    ACCOUNT_ID                 = var.account_id
    CLUSTER_NAME               = aws_eks_cluster.main.name
    KUBERNETES_DNS_ADDRESS     = cidrhost(var.service_cidr, 10)
    ENVIRONMENT                = var.environment
    KUBERNETES_SERVICE_ADDRESS = cidrhost(var.service_cidr, 1)
    LOAD_BALANCER_CIDR         = local.load_balancer_cidr
    REGION                     = var.region
    REGISTRY                   = "${var.account_id}.dkr.ecr.${var.region}.amazonaws.com"
    VPC_CIDR                   = var.vpc_cidr
    WEB_ACL_ARN                = aws_wafv2_web_acl.edge.arn
  }
}
