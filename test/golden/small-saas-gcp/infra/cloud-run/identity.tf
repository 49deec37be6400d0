# Follows ADR-0017 (docs/adr/0017-workload-identity-the-providers-workload-identity.md).
# One identity per workload.

locals {
  # What answers requests: web at the domain itself, every other service at a name below it.
  services = merge(
    { web = merge(var.web, { host = var.domain, retired = false }) },
    { for name, service in var.services : name => merge(service, { host = coalesce(service.host, "${name}.${var.domain}") }) },
  )

  # Those that users reach.
  served = { for name, service in local.services : name => service if !service.retired }
}

locals {
  workloads = toset(concat(["web", "worker"], keys(var.services)))

  # Made by infra/bootstrap: a deployment neither makes identities nor gives them roles.
  identities = { for workload in local.workloads : workload => "${workload}-runtime@${var.project_id}.iam.gserviceaccount.com" }
}
