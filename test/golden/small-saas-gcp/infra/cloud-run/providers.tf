# Follows ADR-0009 (docs/adr/0009-serverless-service-cloud-run.md).
# Labels that every resource carries.

provider "google" {
  project        = var.project_id
  region         = var.regions[0]
  default_labels = local.labels
}

locals {
  labels = {
    application = var.name
    environment = var.environment
    managed-by  = "opentofu"
  }
}
