# Follows ADR-0006 (docs/adr/0006-logs-the-cloud-providers-log-service.md).
# GKE reads what containers write; it is kept apart from all else of the project, for as long as was decided, and only once.

variable "log_retention_days" {
  description = "Days that logs of containers are kept."
  type        = number
  default     = 90

  validation {
    condition     = var.log_retention_days >= 30 && var.log_retention_days <= 3650
    error_message = "Google keeps them for 30 days at least in a bucket that is paid for, and for ten years at most."
  }
}

locals {
  logs_of_containers = "resource.type=\"k8s_container\" AND resource.labels.cluster_name=\"${var.cluster_name}\" AND resource.labels.location=\"${var.region}\""
}

resource "google_logging_project_bucket_config" "containers" {
  project          = var.project_id
  location         = var.region
  bucket_id        = "${var.cluster_name}-containers"
  description      = "What the containers of ${var.cluster_name} write."
  retention_days   = var.log_retention_days
  enable_analytics = true

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_logging_project_sink" "containers" {
  name                   = "${var.cluster_name}-containers"
  description            = "What the containers of ${var.cluster_name} write goes into a bucket of its own."
  destination            = "logging.googleapis.com/${google_logging_project_bucket_config.containers.id}"
  filter                 = local.logs_of_containers
  unique_writer_identity = true

  # What is dropped here is not paid for.
  exclusions {
    name        = "probes"
    description = "Answers to probes, which come every few seconds and say nothing."
    filter      = "httpRequest.userAgent=~\"^(kube-probe|GoogleHC)/\" AND httpRequest.status<400"
  }
}

# Kept once and not twice: the bucket that every project begins with lets them go.
resource "google_logging_project_exclusion" "containers" {
  name        = "${var.cluster_name}-containers"
  description = "Kept in the bucket ${var.cluster_name}-containers."
  filter      = local.logs_of_containers
}

# Who reads logs of this cluster may be given this view alone.
resource "google_logging_log_view" "containers" {
  name        = "${var.cluster_name}-containers"
  bucket      = google_logging_project_bucket_config.containers.id
  description = "What the containers of ${var.cluster_name} write."
  filter      = "resource.type = \"k8s_container\""
}
