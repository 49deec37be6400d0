# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# The project and the region are part of what is reviewed, not of who runs it.

provider "google" {
  project = var.project_id
  region  = var.region

  default_labels = {
    cluster     = var.cluster_name
    environment = var.environment
    managed-by  = "terraform"
  }
}
