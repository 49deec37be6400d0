# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# Labels that every resource carries.

provider "google" {
  project = var.project_id
  region  = var.region
  default_labels = {
    environment = var.environment
    managed-by  = "opentofu"
  }
}
