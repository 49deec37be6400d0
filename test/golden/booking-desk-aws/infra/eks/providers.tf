# Follows ADR-0002 (docs/adr/0002-control-plane-managed-control-plane-own-node-pools-eks-aks-gke-standard.md).
# The account and the region are part of what is reviewed, not of who runs it.

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = {
      cluster     = var.cluster_name
      environment = var.environment
      managed-by  = "terraform"
    }
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}
