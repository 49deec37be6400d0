/** Who signs in to the database: service accounts, each with a role of its own and as one user. */
import { hcl } from '../../../files/hcl.ts';

export const USERS_VARIABLE = hcl`variable "database_users" {
  description = "Service accounts that sign in to the database, and as whom."
  type = map(object({
    namespace       = string
    service_account = string
    user            = string
  }))
  default = {}
}

`;

export const USERS = hcl`data "aws_iam_policy_document" "database_user" {
  for_each = var.database_users

  statement {
    sid       = "SignIn"
    actions   = ["rds-db:connect"]
    resources = ["arn:\${data.aws_partition.current.partition}:rds-db:\${var.region}:\${var.account_id}:dbuser:\${aws_db_instance.main.resource_id}/\${each.value.user}"]
  }
}

resource "aws_iam_role" "database_user" {
  for_each = var.database_users

  name_prefix        = "\${substr(var.cluster_name, 0, 20)}-\${substr(each.key, 0, 16)}-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy" "database_user" {
  for_each = var.database_users

  name   = "sign-in-to-database"
  role   = aws_iam_role.database_user[each.key].id
  policy = data.aws_iam_policy_document.database_user[each.key].json
}

resource "aws_eks_pod_identity_association" "database_user" {
  for_each = var.database_users

  cluster_name    = aws_eks_cluster.main.name
  namespace       = each.value.namespace
  service_account = each.value.service_account
  role_arn        = aws_iam_role.database_user[each.key].arn
}

`;
