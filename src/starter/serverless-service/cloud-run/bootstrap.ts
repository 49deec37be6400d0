/** infra/bootstrap: what has to be there before a pipeline can run, applied once per environment by an administrator. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { REPOSITORY_ID } from '../../google/repository-id.ts';
import { STATE_BUCKET } from '../../google/state-bucket.ts';
import { together } from '../code.ts';
import type { Settings } from './settings.ts';
import { NAMED_SERVICES } from './web-variables.ts';

export const BOOTSTRAP_BACKEND = hcl`
# scripts/bootstrap.sh makes the bucket and names it at init.
terraform {
  backend "gcs" {
    prefix = "bootstrap"
  }
}
`;

export const bootstrapVariables = ({ workloads }: Settings): HclExpression =>
  together(PLACE, workloads.includes('web') ? NAMED_SERVICES : null, REPOSITORY_ID);

const PLACE = hcl`
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

${STATE_BUCKET}
`;

export function project({ workloads, attested, traces }: Settings): HclExpression {
  const apis = [
    'artifactregistry.googleapis.com',
    ...(attested ? ['binaryauthorization.googleapis.com', 'cloudkms.googleapis.com'] : []),
    'certificatemanager.googleapis.com',
    'cloudresourcemanager.googleapis.com',
    ...(workloads.includes('job') ? ['cloudscheduler.googleapis.com'] : []),
    ...(traces ? ['cloudtrace.googleapis.com'] : []),
    'compute.googleapis.com',
    ...(attested ? ['containeranalysis.googleapis.com'] : []),
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

export const BOOTSTRAP_OUTPUTS = hcl`
data "google_project" "current" {
  project_id = var.project_id
}

output "github_variables" {
  description = "Variables of the GitHub repository that the workflows read: gh variable set NAME --body VALUE"
  value = {
    "\${upper(var.environment)}_PROJECT_ID"     = var.project_id
    "\${upper(var.environment)}_PROJECT_NUMBER" = data.google_project.current.number
    "\${upper(var.environment)}_REGION"         = var.region
  }
}
`;
