# Follows ADR-0010 (docs/adr/0010-registry-a-cloud-registry-with-a-mirror-of-what-others-publish.md).
# Copies of what others publish, made when a node first asks for them; the rate limits and outages of others stop here.

locals {
  upstreams = {
    docker-hub = "https://registry-1.docker.io"
    ghcr       = "https://ghcr.io"
    ecr-public = "https://public.ecr.aws"
    quay       = "https://quay.io"
    kubernetes = "https://registry.k8s.io"
  }
  mirrors = {
    for pair in setproduct(var.registry_regions, keys(local.upstreams)) : "${pair[0]}/${pair[1]}" => { region = pair[0], prefix = pair[1] }
  }
}

resource "google_artifact_registry_repository" "upstream" {
  # checkov:skip=CKV_GCP_84: Public images of others.
  for_each = local.mirrors

  location      = each.value.region
  repository_id = each.value.prefix
  description   = "Images of others, fetched once and kept."
  format        = "DOCKER"
  mode          = "REMOTE_REPOSITORY"

  remote_repository_config {
    description = local.upstreams[each.value.prefix]

    docker_repository {
      custom_repository {
        uri = local.upstreams[each.value.prefix]
      }
    }
  }

  # What nobody has pulled for a quarter is fetched again when it is asked for.
  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"

    condition {
      older_than = "7776000s"
    }
  }

  depends_on = [google_project_service.main]
}
