# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# Exact versions: an upgrade is a change that is reviewed.

terraform {
  required_version = ">= 1.10.0"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "6.50.0"
    }
  }
}
