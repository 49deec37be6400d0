/** Who signs in to the database: service accounts, each with a role of its own and as one user. */
import { hcl } from '../../../files/hcl.ts';
import type { StarterInput } from '../../part.ts';
import { type ListedRoles, listedRoles, listedTies } from './trust.ts';

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

export const DATABASE_USERS: ListedRoles = {
  label: 'database_user',
  variable: 'database_users',
  between: 'database',
};

export const users = (input: StarterInput) => hcl`data "aws_iam_policy_document" "database_user" {
  for_each = var.database_users

  statement {
    sid       = "SignIn"
    actions   = ["rds-db:connect"]
    resources = ["arn:\${data.aws_partition.current.partition}:rds-db:\${var.region}:\${var.account_id}:dbuser:\${aws_db_instance.main.resource_id}/\${each.value.user}"]
  }
}

${listedRoles(input, DATABASE_USERS)}

resource "aws_iam_role_policy" "database_user" {
  for_each = var.database_users

  name   = "sign-in-to-database"
  role   = aws_iam_role.database_user[each.key].id
  policy = data.aws_iam_policy_document.database_user[each.key].json
}${listedTies(input, DATABASE_USERS)}

`;
