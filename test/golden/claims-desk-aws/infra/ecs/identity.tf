# Follows ADR-0017 (docs/adr/0017-workload-identity-the-providers-workload-identity.md).
# One identity per workload, and where images come from.

locals {
  arn = "arn:${data.aws_partition.current.partition}"
}

locals {
  # What answers requests: web at the domain itself, every other service at a name below it.
  services = merge(
    { web = merge(var.web, { host = var.domain }) },
    { for name, service in var.services : name => merge(service, { host = coalesce(service.host, "${name}.${var.domain}") }) },
  )

  # Everything that runs here, with an image, a log, secrets and roles of its own.
  workloads = toset(concat(["web", "worker", "job"], keys(var.services)))

  # Made by infra/bootstrap: a deployment neither makes roles nor changes what they may.
  roles = {
    task      = { for workload in local.workloads : workload => "${local.arn}:iam::${var.account_id}:role/${var.name}-${workload}-task" }
    execution = { for workload in local.workloads : workload => "${local.arn}:iam::${var.account_id}:role/${var.name}-${workload}-execution" }
  }
}

# The key of this application, made by infra/bootstrap.
data "aws_kms_alias" "main" {
  name = "alias/${var.name}"
}

locals {
  registry = "${var.account_id}.dkr.ecr.${var.region}.amazonaws.com/${var.name}"

  # Of others, copied into the registry once; without an image of its own a workload runs the sample.
  images = {
    sample    = join("", [local.registry, "/sample:6.14.1"])
    collector = join("", [local.registry, "/collector:v0.49.0"])
  }
}
