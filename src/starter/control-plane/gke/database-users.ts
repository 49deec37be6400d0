/** Who signs in to the database: service accounts of the cluster, by an account of the project each. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { DatabaseCopy } from './database-copy.ts';

/** `member`: who may act for the account of an entry. */
export const databaseUsers = ({ each }: DatabaseCopy, member: HclExpression) => hcl`
variable "database_users" {
  description = "Service accounts that sign in to the database, by a name of at most nine characters."
  type = map(object({
    namespace       = string
    service_account = string
  }))
  default = {}

  validation {
    condition     = alltrue([for name in keys(var.database_users) : can(regex("^[a-z][a-z0-9-]{0,7}[a-z0-9]$", name))])
    error_message = "Two to nine lower-case letters, digits and hyphens: they become part of the name of an account."
  }
}

# The database knows accounts of a project and no identities of a cluster, so there is one in between.
resource "google_service_account" "database_user" {
  for_each = var.database_users

  account_id   = "\${substr(var.short_name, 0, 17)}-db-\${each.key}"
  display_name = "Signs in to the database of \${var.cluster_name} for \${each.value.namespace}/\${each.value.service_account}."
}

resource "google_service_account_iam_member" "database_user" {
  for_each = var.database_users

  service_account_id = google_service_account.database_user[each.key].name
  role               = "roles/iam.workloadIdentityUser"
  member             = ${member}
}

locals {
  database_rights = {
    for pair in setproduct(keys(var.database_users), ["roles/cloudsql.client", "roles/cloudsql.instanceUser"]) : "\${pair[0]}/\${pair[1]}" => { user = pair[0], role = pair[1] }
  }
}

resource "google_project_iam_member" "database_user" {
  for_each = local.database_rights

  project = var.project_id
  role    = each.value.role
  member  = google_service_account.database_user[each.value.user].member

  condition {
    title      = "database-of-\${var.cluster_name}"
    expression = "resource.service == 'sqladmin.googleapis.com' && resource.name == 'projects/\${var.project_id}/instances/\${google_sql_database_instance.main.name}'"
  }
}

resource "google_sql_user" "workload" {
  for_each = ${each(hcl`var.database_users`)}

  instance = google_sql_database_instance.main.name
  name     = trimsuffix(google_service_account.database_user[each.key].email, ".gserviceaccount.com")
  type     = "CLOUD_IAM_SERVICE_ACCOUNT"
}
`;
