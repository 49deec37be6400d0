/** infra/bootstrap/federation.tf: how GitHub signs in without a key, and what its two identities may do. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { GITHUB_TRUST } from '../../google/github-trust.ts';
import {
  PLAN_ACCOUNT,
  PLAN_READS_STATE,
  PLAN_ROLES,
  PLAN_TRUST,
  pushAccount,
} from '../../google/identities.ts';
import { together } from '../code.ts';
import type { Workload } from '../settings.ts';

export function federation(workloads: readonly Workload[]): HclExpression {
  const job = workloads.includes('job');
  const web = workloads.includes('web');
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
    // An editor makes and changes certificates, and deletes none: one of another domain replaces the one before.
    'roles/certificatemanager.owner',
    ...(job ? ['roles/cloudscheduler.admin'] : []),
    // A network's administrator may use endpoint groups, and make none.
    ...(web ? ['roles/compute.loadBalancerAdmin'] : []),
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
${GITHUB_TRUST}
${PLAN_ACCOUNT}

resource "google_service_account" "deploy" {
  account_id   = "github-deploy"
  display_name = "Changes \${var.environment}, from its GitHub environment on main only."
}

${pushAccount('Adds images and their signatures, from main only.')}

# Tags cannot be overwritten, so adding is all that it can do.
resource "google_project_iam_member" "push" {
  project = var.project_id
  role    = "roles/artifactregistry.writer"
  member  = google_service_account.push.member
}

${PLAN_TRUST}

resource "google_service_account_iam_member" "deploy" {
  service_account_id = google_service_account.deploy.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/\${google_iam_workload_identity_pool.github.name}/attribute.deploys/\${var.environment}"
}

${PLAN_ROLES}

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

${PLAN_READS_STATE}

resource "google_storage_bucket_iam_member" "deploy" {
  bucket = google_storage_bucket.state.name
  role   = "roles/storage.objectUser"
  member = google_service_account.deploy.member
}
`;
