# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# One exact provider version; the lock file written by init is committed beside it.

terraform {
  required_version = ">= 1.10.0"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "6.50.0"
    }
  }
}
