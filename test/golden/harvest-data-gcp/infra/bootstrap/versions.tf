# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# The same versions as infra/cloud-run.

terraform {
  required_version = ">= 1.10.0"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "6.50.0"
    }
  }
}
