/** The two identities that GitHub may take in a project, and what each of them may do there. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { PLAN_ACCOUNT, PLAN_READS_STATE, PLAN_ROLES, PLAN_TRUST } from '../../google/identities.ts';
import type { ProjectNeeds } from './project-needs.ts';

/** Roles that the module of a cluster gives away; an apply may give these and no others. */
export function pipelines({ plan, apply, given }: ProjectNeeds, custom: readonly string[]): HclExpression {
  const own = custom.map(
    (role): HclExpression => ({ kind: 'expression', code: `google_project_iam_custom_role.${role}.id` }),
  );
  return hcl`
locals {
  # Reads what a plan compares: no values of secrets, no objects of a bucket but state, no objects of a cluster.
  plan_roles = toset(${plan.map(role)})

  # Changes clusters and what they stand on. No owner, no editor, and no objects within a cluster.
  apply_roles = toset(${apply.map(role)})

  # What an apply may hand to nodes, controllers and people.
  given_roles = ${[...given.map(role), ...own]}
}
${IDENTITIES}`;
}

const role = (name: string) => `roles/${name}`;

const IDENTITIES = hcl`
${PLAN_ACCOUNT}

resource "google_service_account" "apply" {
  account_id   = "github-apply"
  display_name = "Changes clusters, from protected environments on main only."
}

${PLAN_TRUST}

# The environment is protected in GitHub, so that who may apply is decided there.
resource "google_service_account_iam_member" "apply" {
  for_each = var.apply_environments

  service_account_id = google_service_account.apply.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/\${google_iam_workload_identity_pool.github.name}/attribute.deploys/\${each.value}"
}

${PLAN_ROLES}

resource "google_project_iam_member" "apply" {
  # checkov:skip=CKV_GCP_49: It makes the accounts of nodes and of backups, and says who takes them; which roles they get is limited below.
  for_each = local.apply_roles

  project = var.project_id
  role    = each.key
  member  = google_service_account.apply.member
}

resource "google_project_iam_member" "apply_gives" {
  # checkov:skip=CKV_GCP_117: The condition names the roles that it may give; none of them is basic.
  project = var.project_id
  role    = "roles/resourcemanager.projectIamAdmin"
  member  = google_service_account.apply.member

  condition {
    title      = "only-what-clusters-need"
    expression = "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(\${jsonencode(local.given_roles)})"
  }
}

${PLAN_READS_STATE}

output "github_variables" {
  description = "Variables of the GitHub environments that the workflows read; the end of each name is that of the cluster."
  value = {
    GCP_PROVIDER = google_iam_workload_identity_pool_provider.github.name
    GCP_PROJECT  = var.project_id
  }
}
`;
