# Follows ADR-0010 (docs/adr/0010-registry-a-cloud-registry-with-a-mirror-of-what-others-publish.md).
# What others publish is kept at the first pull, each publisher under a name of its own; later pulls need nobody else.

variable "upstream_credentials" {
  description = "Credential sets of the registry for publishers that count pulls or refuse them without an account, by the name below: docker-hub, for example."
  type        = map(string)
  default     = {}
}

locals {
  # The name under which a copy is kept, and who publishes it.
  upstreams = {
    docker-hub = "docker.io"
    ghcr       = "ghcr.io"
    ecr-public = "public.ecr.aws"
    quay       = "quay.io"
    kubernetes = "registry.k8s.io"
  }
}

resource "azurerm_container_registry_cache_rule" "upstream" {
  for_each = local.upstreams

  name                  = each.key
  container_registry_id = azurerm_container_registry.main.id
  source_repo           = "${each.value}/*"
  target_repo           = "${each.key}/*"
  credential_set_id     = lookup(var.upstream_credentials, each.key, null)
}
