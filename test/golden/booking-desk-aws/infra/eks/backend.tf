# Follows ADR-0002 (docs/adr/0002-control-plane-managed-control-plane-own-node-pools-eks-aks-gke-standard.md).
# State lies in a bucket with its own lock; which one is said by the .tfbackend file of the cluster.

terraform {
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}
