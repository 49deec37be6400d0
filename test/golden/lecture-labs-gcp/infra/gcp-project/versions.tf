# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# Applied once per project, by a person, with state in this folder; afterwards the state is moved into the bucket (docs/runbooks/bootstrap.md).

terraform {
  required_version = ">= 1.10.0"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "6.50.0"
    }
  }
}

provider "google" {
  project = var.project_id
  region  = var.region

  default_labels = {
    managed-by = "terraform"
  }
}
