/** infra/bootstrap: what has to be there before a pipeline can run, applied once per environment by an administrator. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from './code.ts';
import type { Workload } from './settings.ts';

export const BOOTSTRAP_BACKEND = hcl`
# scripts/bootstrap.sh makes the bucket and names it at init.
terraform {
  backend "gcs" {
    prefix = "bootstrap"
  }
}
`;

export const BOOTSTRAP_VARIABLES = hcl`
variable "project_id" {
  description = "Google Cloud project of this environment."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id)) && !startswith(var.project_id, "replace-me")
    error_message = "Name an existing project: 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "environment" {
  description = "Name of the environment, the same as that of the GitHub environment whose jobs may change it."
  type        = string
}

variable "region" {
  description = "Region of the bucket that holds the state."
  type        = string

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "Name a region, such as europe-west1."
  }
}

variable "github_repository_id" {
  description = "Number of the GitHub repository: gh api repos/OWNER/NAME --jq .id"
  type        = string

  # A name can be given up and taken by somebody else; a number cannot.
  validation {
    condition     = can(regex("^[0-9]+$", var.github_repository_id))
    error_message = "Give the number that GitHub has for the repository, not its name."
  }
}
`;

export const BOOTSTRAP_PROVIDERS = hcl`
provider "google" {
  project = var.project_id
  region  = var.region
  default_labels = {
    environment = var.environment
    managed-by  = "opentofu"
  }
}
`;

export const STATE = hcl`
import {
  to = google_storage_bucket.state
  id = "\${var.project_id}/\${var.project_id}-state"
}

resource "google_storage_bucket" "state" {
  # checkov:skip=CKV_GCP_62: Reads and writes are in the audit log (project.tf).

  name                        = "\${var.project_id}-state"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  versioning {
    enabled = true
  }

  lifecycle_rule {
    condition {
      num_newer_versions = 50
      with_state         = "ARCHIVED"
    }

    action {
      type = "Delete"
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
`;

export function project(workloads: readonly Workload[]): HclExpression {
  const apis = [
    'artifactregistry.googleapis.com',
    'certificatemanager.googleapis.com',
    'cloudresourcemanager.googleapis.com',
    ...(workloads.includes('job') ? ['cloudscheduler.googleapis.com'] : []),
    'cloudtrace.googleapis.com',
    'compute.googleapis.com',
    'containerscanning.googleapis.com',
    'dns.googleapis.com',
    'iam.googleapis.com',
    'iamcredentials.googleapis.com',
    'logging.googleapis.com',
    'monitoring.googleapis.com',
    'run.googleapis.com',
    'secretmanager.googleapis.com',
    'sts.googleapis.com',
  ];
  return together(
    hcl`
locals {
  apis = toset(${apis})
}
`,
    PROJECT,
  );
}

const PROJECT = hcl`
resource "google_project_service" "main" {
  for_each = local.apis

  service            = each.key
  disable_on_destroy = false
}

# Who read a secret or the state, and who took which identity. Other changes are logged anyway.
resource "google_project_iam_audit_config" "main" {
  for_each = toset(["iamcredentials.googleapis.com", "secretmanager.googleapis.com", "storage.googleapis.com", "sts.googleapis.com"])

  project = var.project_id
  service = each.key

  audit_log_config {
    log_type = "DATA_READ"
  }

  audit_log_config {
    log_type = "DATA_WRITE"
  }

  audit_log_config {
    log_type = "ADMIN_READ"
  }
}
`;

export function federation(workloads: readonly Workload[]): HclExpression {
  const job = workloads.includes('job');
  const planRoles = [
    'roles/artifactregistry.reader',
    'roles/certificatemanager.viewer',
    ...(job ? ['roles/cloudscheduler.viewer'] : []),
    'roles/compute.viewer',
    'roles/dns.reader',
    'roles/iam.securityReviewer',
    'roles/logging.viewer',
    'roles/monitoring.viewer',
    'roles/run.viewer',
    'roles/secretmanager.viewer',
  ];
  const deployRoles = [
    'roles/artifactregistry.admin',
    'roles/certificatemanager.editor',
    ...(job ? ['roles/cloudscheduler.admin'] : []),
    'roles/compute.networkAdmin',
    'roles/compute.securityAdmin',
    'roles/dns.admin',
    'roles/logging.configWriter',
    'roles/monitoring.editor',
    'roles/run.admin',
  ];
  return together(
    hcl`
locals {
  # Reads what a plan compares, and no values of secrets.
  plan_roles = toset(${planRoles})

  # What a deployment changes. No owner, no editor, no identities, no roles, no keys.
  deploy_roles = toset(${deployRoles})
}
`,
    FEDERATION,
  );
}

const FEDERATION = hcl`
resource "google_iam_workload_identity_pool" "github" {
  workload_identity_pool_id = "github"
  display_name              = "GitHub Actions"
  description               = "Workflows of one repository, without keys."

  depends_on = [google_project_service.main]
}

resource "google_iam_workload_identity_pool_provider" "github" {
  # checkov:skip=CKV_GCP_125: The condition names the repository by its number, which is safer than the subject asked for.

  workload_identity_pool_id          = google_iam_workload_identity_pool.github.workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  display_name                       = "GitHub Actions"
  attribute_condition                = "assertion.repository_id == '\${var.github_repository_id}'"

  # Single claims instead of GitHub's subject, whose form changed in 2026 and which can be longer than Google takes. Audit
  # logs name the run. A job without an environment has no such claim.
  attribute_mapping = {
    "google.subject"          = "assertion.repository_id + '/' + assertion.run_id"
    "attribute.repository_id" = "assertion.repository_id"
    "attribute.deploys"       = "assertion.ref == 'refs/heads/main' && has(assertion.environment) ? assertion.environment : 'nothing'"
  }

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

resource "google_service_account" "plan" {
  account_id   = "github-plan"
  display_name = "Reads, for plans and drift checks."
}

resource "google_service_account" "deploy" {
  account_id   = "github-deploy"
  display_name = "Changes \${var.environment}, from its GitHub environment on main only."
}

resource "google_service_account_iam_member" "plan" {
  service_account_id = google_service_account.plan.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/\${google_iam_workload_identity_pool.github.name}/attribute.repository_id/\${var.github_repository_id}"
}

resource "google_service_account_iam_member" "deploy" {
  service_account_id = google_service_account.deploy.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/\${google_iam_workload_identity_pool.github.name}/attribute.deploys/\${var.environment}"
}

resource "google_project_iam_member" "plan" {
  for_each = local.plan_roles

  project = var.project_id
  role    = each.key
  member  = google_service_account.plan.member
}

resource "google_project_iam_member" "deploy" {
  for_each = local.deploy_roles

  project = var.project_id
  role    = each.key
  member  = google_service_account.deploy.member
}

# Secrets as containers: create them and say who reads them, but not read their values.
resource "google_project_iam_custom_role" "secrets_without_values" {
  role_id     = "secretsWithoutValues"
  title       = "Secrets without their values"
  description = "Manages secrets and who may read them; reads no version."
  permissions = [
    "secretmanager.secrets.create",
    "secretmanager.secrets.delete",
    "secretmanager.secrets.get",
    "secretmanager.secrets.getIamPolicy",
    "secretmanager.secrets.list",
    "secretmanager.secrets.setIamPolicy",
    "secretmanager.secrets.update",
  ]
}

resource "google_project_iam_member" "deploy_secrets" {
  project = var.project_id
  role    = google_project_iam_custom_role.secrets_without_values.name
  member  = google_service_account.deploy.member
}

# Plans read the state without a lock, so reading is enough.
resource "google_storage_bucket_iam_member" "plan" {
  bucket = google_storage_bucket.state.name
  role   = "roles/storage.objectViewer"
  member = google_service_account.plan.member
}

resource "google_storage_bucket_iam_member" "deploy" {
  bucket = google_storage_bucket.state.name
  role   = "roles/storage.objectUser"
  member = google_service_account.deploy.member
}
`;

export const BOOTSTRAP_OUTPUTS = hcl`
data "google_project" "current" {
  project_id = var.project_id
}

output "github_variables" {
  description = "Variables of the GitHub repository that the workflows read: gh variable set NAME --body VALUE"
  value = {
    "\${upper(var.environment)}_PROJECT_ID"     = var.project_id
    "\${upper(var.environment)}_PROJECT_NUMBER" = data.google_project.current.number
  }
}
`;
