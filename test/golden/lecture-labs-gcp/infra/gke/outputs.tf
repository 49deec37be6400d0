# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# cluster_vars must equal clusters/<name>/cluster-vars.yaml; scripts/bootstrap.sh compares them.

data "google_dns_managed_zone" "platform" {
  name = var.dns_zone_name
}

output "cluster_name" {
  description = "For gcloud container clusters get-credentials."
  value       = google_container_cluster.main.name
}

output "region" {
  description = "For gcloud container clusters get-credentials."
  value       = google_container_cluster.main.location
}

output "zones" {
  description = "Zones that nodes spread over."
  value       = local.zones
}

output "dns_zone" {
  description = "Domain that the cluster's names lie in."
  value       = trimsuffix(data.google_dns_managed_zone.platform.dns_name, ".")
}

output "cluster_vars" {
  description = "What delivery puts into manifests."
  value = {
    CLUSTER_NAME               = google_container_cluster.main.name
    GROUPS_DOMAIN              = var.groups_domain
    KUBERNETES_SERVICE_ADDRESS = cidrhost(var.service_cidr, 1)
    PROJECT_ID                 = var.project_id
    REGISTRY                   = "${var.region}-docker.pkg.dev/${local.registry_project}"
    VPC_CIDR                   = var.vpc_cidr
  }
}

locals {
  registry_project = var.project_id
}
