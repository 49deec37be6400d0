# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# What to know after an apply.

output "image_repository" {
  description = "Push images here."
  value       = "${google_artifact_registry_repository.images.location}-docker.pkg.dev/${var.project_id}/${google_artifact_registry_repository.images.repository_id}"
}

output "dns_records" {
  description = "Records to create at your DNS provider. The first proves the domain for the certificate and has to stay."
  value = concat(
    [for record in google_certificate_manager_dns_authorization.main.dns_resource_record : {
      name = record.name
      type = record.type
      data = record.data
    }],
    flatten([for service in local.served : [
      for version, address in google_compute_global_address.edge : {
        name = "${service.host}."
        type = version == "ipv4" ? "A" : "AAAA"
        data = address.address
      }
    ]]),
  )
}

output "web_services" {
  description = "What answers requests, by service and region: scripts/rollout.sh moves their traffic."
  value = { for name in keys(local.services) : name => {
    for region in var.regions : region => google_cloud_run_v2_service.web["${name}/${region}"].name
  } }
}
