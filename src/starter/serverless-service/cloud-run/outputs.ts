/** outputs.tf: what people and pipelines need to know afterwards. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import type { Settings } from './settings.ts';

export function outputs({ workloads, closed }: Settings): HclExpression {
  return together(REGISTRY, ...(workloads.includes('web') ? [closed ? WITHIN : RECORDS, SERVICES] : []));
}

const REGISTRY = hcl`
output "image_repository" {
  description = "Push images here."
  value       = "\${google_artifact_registry_repository.images.location}-docker.pkg.dev/\${var.project_id}/\${google_artifact_registry_repository.images.repository_id}"
}
`;

const RECORDS = hcl`
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
        name = "\${service.host}."
        type = version == "ipv4" ? "A" : "AAAA"
        data = address.address
      }
    ]]),
  )
}
`;

const WITHIN = hcl`
output "dns_records" {
  description = "Records to create. Those of _acme-challenge prove the domain for the certificate, in its public zone, and have to stay; the others are for the name servers of the house."
  value = concat(
    flatten([for authorization in google_certificate_manager_dns_authorization.main : [
      for record in authorization.dns_resource_record : {
        name = record.name
        type = record.type
        data = record.data
      }
    ]]),
    flatten([for service in local.served : [
      for address in google_compute_address.edge : {
        name = "\${service.host}."
        type = "A"
        data = address.address
      }
    ]]),
  )
}
`;

const SERVICES = hcl`
output "web_services" {
  description = "What answers requests, by service and region: scripts/rollout.sh moves their traffic."
  value = { for name in keys(local.services) : name => {
    for region in var.regions : region => google_cloud_run_v2_service.web["\${name}/\${region}"].name
  } }
}
`;
