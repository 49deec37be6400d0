# Follows ADR-0017 (docs/adr/0017-workload-identity-the-providers-workload-identity.md).
# One identity per workload.

locals {
  workloads = toset(["web", "worker", "job"])

  # Made by infra/bootstrap: a deployment neither makes identities nor gives them roles.
  identities = { for workload in local.workloads : workload => "${workload}-runtime@${var.project_id}.iam.gserviceaccount.com" }
}

locals {
  scheduler = "job-scheduler@${var.project_id}.iam.gserviceaccount.com"
}
