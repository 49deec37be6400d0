# Follows ADR-0008 (docs/adr/0008-registry-a-cloud-registry-ecr-acr-artifact-registry-or-a-hosted-one.md).
# Where images come from.

resource "google_artifact_registry_repository" "images" {
  # checkov:skip=CKV_GCP_84: Encrypted with Google's keys; keys of your own are for rules that ask for them.
  location      = var.regions[0]
  repository_id = "images"
  description   = "Images of ${var.name}."
  format        = "DOCKER"

  docker_config {
    immutable_tags = true
  }

  vulnerability_scanning_config {
    enablement_config = "INHERITED"
  }

  # A rollback needs the images of revisions that served lately.
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
}

# Cloud Run pulls from this registry only; images from ghcr.io come through it and are kept.
resource "google_artifact_registry_repository" "upstream" {
  # checkov:skip=CKV_GCP_84: Public images of others.
  location      = var.regions[0]
  repository_id = "upstream"
  description   = "Images of others, fetched once and kept."
  format        = "DOCKER"
  mode          = "REMOTE_REPOSITORY"

  remote_repository_config {
    description = "ghcr.io"

    docker_repository {
      custom_repository {
        uri = "https://ghcr.io"
      }
    }
  }
}

locals {
  # Until a workload has an image of its own.
  sample_image = join("/", [local.upstream, "stefanprodan/podinfo:6.14.1"])
  upstream     = "${google_artifact_registry_repository.upstream.location}-docker.pkg.dev/${var.project_id}/${google_artifact_registry_repository.upstream.repository_id}"

  images = merge({ for name, service in local.services : name => coalesce(service.image, local.sample_image) }, {
    worker = coalesce(var.worker.image, local.sample_image)
    job    = coalesce(var.job.image, local.sample_image)
  })
}
