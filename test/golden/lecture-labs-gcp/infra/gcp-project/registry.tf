# Follows ADR-0010 (docs/adr/0010-registry-a-cloud-registry-with-a-mirror-of-what-others-publish.md).
# Images of your own: a tag is never moved, every image is scanned, and what nobody needs goes by itself.

variable "registry_regions" {
  description = "Regions whose clusters pull from the registry of this project."
  type        = set(string)
  default     = ["europe-north1"]
}

resource "google_artifact_registry_repository" "own" {
  # checkov:skip=CKV_GCP_84: Encrypted with Google's keys; keys of your own are for rules that ask for them.
  for_each = var.registry_regions

  location      = each.value
  repository_id = "apps"
  description   = "Images of our own."
  format        = "DOCKER"

  docker_config {
    immutable_tags = true
  }

  vulnerability_scanning_config {
    enablement_config = "INHERITED"
  }

  cleanup_policies {
    id     = "keep-newest"
    action = "KEEP"

    most_recent_versions {
      keep_count = 30
    }
  }

  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"

    condition {
      older_than = "7776000s"
    }
  }

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [google_project_service.main]
}

resource "google_service_account" "push" {
  account_id   = "github-push"
  display_name = "Adds images, from main only."
}

resource "google_service_account_iam_member" "push" {
  service_account_id = google_service_account.push.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.github.name}/attribute.pushes/images"
}

# Tags cannot be moved, so adding is all that it can do.
resource "google_artifact_registry_repository_iam_member" "push" {
  for_each = google_artifact_registry_repository.own

  location   = each.value.location
  repository = each.value.repository_id
  role       = "roles/artifactregistry.writer"
  member     = google_service_account.push.member
}

output "image_variables" {
  description = "Variables of the repository at GitHub by which the workflow that builds images finds this registry."
  value = {
    # That of the project's own region first: what attests looks for its key there.
    IMAGES_REGISTRY = join(" ", [for region in distinct(concat([var.region], sort(var.registry_regions))) : "${region}-docker.pkg.dev/${var.project_id}"])
    IMAGES_PROJECT  = var.project_id
    IMAGES_PROVIDER = google_iam_workload_identity_pool_provider.github.name
  }
}
