# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# One exact provider version; the lock file written by init is committed beside it.

terraform {
  required_version = ">= 1.10.0"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "4.55.0"
    }
  }
}
