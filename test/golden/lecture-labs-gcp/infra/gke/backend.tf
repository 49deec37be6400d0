# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# State lies in a bucket that locks by itself; which one is said by the .tfbackend file of the cluster.

terraform {
  backend "gcs" {}
}
