/** identity.tf and secrets.tf: one identity per workload, and what it may read. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from './code.ts';
import type { Workload } from './settings.ts';

export function identity(workloads: readonly Workload[]): HclExpression {
  return together(
    hcl`
locals {
  workloads = toset(${workloads})
  deployer  = "serviceAccount:github-deploy@\${var.project_id}.iam.gserviceaccount.com"
}
`,
    RUNTIME,
    workloads.includes('job') ? SCHEDULER : null,
  );
}

const RUNTIME = hcl`
# The default service account may do nearly everything; no workload runs as it.
resource "google_service_account" "runtime" {
  for_each = local.workloads

  account_id   = "\${each.key}-runtime"
  display_name = "Runs \${var.name} \${each.key}."
}

resource "google_project_iam_member" "traces" {
  for_each = google_service_account.runtime

  project = var.project_id
  role    = "roles/cloudtrace.agent"
  member  = each.value.member
}

# The pipeline may hand these identities to a workload, and no others.
resource "google_service_account_iam_member" "deployer" {
  for_each = google_service_account.runtime

  service_account_id = each.value.name
  role               = "roles/iam.serviceAccountUser"
  member             = local.deployer
}
`;

const SCHEDULER = hcl`
resource "google_service_account" "scheduler" {
  account_id   = "job-scheduler"
  display_name = "Starts \${var.name} job."
}

resource "google_service_account_iam_member" "scheduler_deployer" {
  service_account_id = google_service_account.scheduler.name
  role               = "roles/iam.serviceAccountUser"
  member             = local.deployer
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
  member    = google_service_account.runtime[each.value.workload].member
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
