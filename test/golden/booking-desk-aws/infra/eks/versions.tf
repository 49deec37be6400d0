# Follows ADR-0002 (docs/adr/0002-control-plane-managed-control-plane-own-node-pools-eks-aks-gke-standard.md).
# Exact versions: an upgrade is a change that is reviewed.

terraform {
  required_version = ">= 1.10.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "6.25.0"
    }
  }
}
