# Follows ADR-0002 (docs/adr/0002-control-plane-managed-control-plane-own-node-pools-eks-aks-gke-standard.md).
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
    DNS_ZONE                   = var.dns_zone
    ENVIRONMENT                = var.environment
    KUBERNETES_SERVICE_ADDRESS = cidrhost(var.service_cidr, 1)
    REGION                     = var.region
    VPC_CIDR                   = var.vpc_cidr
  }
}
