# Follows ADR-0008 (docs/adr/0008-registry-a-cloud-registry-ecr-acr-artifact-registry-or-a-hosted-one.md).
# Where images come from.

data "azurerm_container_registry" "main" {
  name                = local.registry
  resource_group_name = local.base_group
}

locals {
  # Until a workload has an image of its own; the registry fetches it from ghcr.io once and keeps it.
  sample_image = join("/", [data.azurerm_container_registry.main.login_server, "upstream/stefanprodan/podinfo:6.14.1"])

  images = merge({ for name, service in local.services : name => coalesce(service.image, local.sample_image) }, {
    worker = coalesce(var.worker.image, local.sample_image)
    job    = coalesce(var.job.image, local.sample_image)
  })
}
