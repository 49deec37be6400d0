/** identity.tf (of both folders) and secrets.tf: one identity per workload, and what it may read. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import type { Workload } from '../settings.ts';
import type { Settings } from './settings.ts';

export function identity(workloads: readonly Workload[]): HclExpression {
  return together(
    workloads.includes('web') ? SERVICES : null,
    hcl`
locals {
  workloads = ${workloads.includes('web') ? hcl`toset(concat(${workloads}, keys(var.services)))` : hcl`toset(${workloads})`}

  # Made by infra/bootstrap: a deployment neither makes identities nor gives them roles.
  identities = { for workload in local.workloads : workload => "\${workload}-runtime@\${var.project_id}.iam.gserviceaccount.com" }
}
`,
    workloads.includes('job') ? SCHEDULER : null,
  );
}

const SERVICES = hcl`
locals {
  # What answers requests: web at the domain itself, every other service at a name below it.
  services = merge(
    { web = merge(var.web, { host = var.domain, retired = false }) },
    { for name, service in var.services : name => merge(service, { host = coalesce(service.host, "\${name}.\${var.domain}") }) },
  )

  # Those that users reach.
  served = { for name, service in local.services : name => service if !service.retired }
}
`;

const SCHEDULER = hcl`
locals {
  scheduler = "job-scheduler@\${var.project_id}.iam.gserviceaccount.com"
}
`;

/** infra/bootstrap/identity.tf. */
export function bootstrapIdentity({ workloads, traces }: Settings): HclExpression {
  const identities = [
    ...workloads.map(workload => `${workload}-runtime`),
    ...(workloads.includes('job') ? ['job-scheduler'] : []),
  ];
  const named = workloads.includes('web')
    ? hcl`setunion(${identities}, [for service in var.services : "\${service}-runtime"])`
    : hcl`toset(${identities})`;
  return together(
    hcl`
locals {
  # The default service account may do nearly everything; no workload runs as it.
  identities = ${named}
}
`,
    IDENTITIES,
    traces ? TRACES : null,
    DEPLOY_AS,
  );
}

const IDENTITIES = hcl`
resource "google_service_account" "workload" {
  for_each = local.identities

  account_id   = each.key
  display_name = each.key

  depends_on = [google_project_service.main]
}
`;

const TRACES = hcl`
resource "google_project_iam_member" "traces" {
  for_each = toset([for identity in local.identities : identity if endswith(identity, "-runtime")])

  project = var.project_id
  role    = "roles/cloudtrace.agent"
  member  = google_service_account.workload[each.key].member
}
`;

const DEPLOY_AS = hcl`
# The pipeline may hand these identities to a workload, and no others.
resource "google_service_account_iam_member" "deploy_as" {
  for_each = google_service_account.workload

  service_account_id = each.value.name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.deploy.member
}
`;

export const SECRETS = hcl`
# Values are added with gcloud (docs/runbooks/deploy-and-rollback.md) and never stand in this repository or its state.
resource "google_secret_manager_secret" "main" {
  for_each = var.secrets

  secret_id           = each.key
  version_destroy_ttl = "604800s"

  replication {
    user_managed {
      dynamic "replicas" {
        for_each = var.regions

        content {
          location = replicas.value
        }
      }
    }
  }
}

resource "google_secret_manager_secret_iam_member" "reader" {
  for_each = var.secrets

  secret_id = google_secret_manager_secret.main[each.key].id
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:\${local.identities[each.value.workload]}"
}

locals {
  # By workload, environment variable to secret and version.
  mounted_secrets = { for workload in local.workloads : workload => {
    for name, secret in var.secrets : secret.environment_variable => {
      secret  = google_secret_manager_secret.main[name].secret_id
      version = secret.version
    } if secret.workload == workload && secret.version != null
  } }
}
`;
