/** database.tf: PostgreSQL that AWS runs, reached from the cluster alone, without a password for workloads. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution } from '../../contribution.ts';
import { databaseZonesVariable, withZones } from '../../environments/database-zones.ts';
import { answerOf } from '../../picks.ts';
import { terraformText } from '../../terraform.ts';
import { ALARMS } from './database-alarms.ts';
import { databaseCopy } from './database-copy.ts';
import { MONITORING, networkAndSettings } from './database-ground.ts';
import { databaseRunbook } from './database-runbook.ts';
import { USERS_VARIABLE, users } from './database-users.ts';
import { folderOf } from './trust.ts';

export function eksDatabase(input: ClusterInput, decision: Id): Contribution {
  return {
    files: new Map([
      [
        `${folderOf(input)}/database.tf`,
        terraformText(
          input,
          decision,
          'PostgreSQL in the private subnets, in as many zones as its values say. Workloads sign in with their own identity; the password of its owner is made and rotated by AWS and read by nobody in daily work.',
          code(input),
        ),
      ],
    ]),
    runbooks: [databaseRunbook(input)],
    checks: [
      withZones(input, folderOf(input), {
        decision,
        says: 'The database is encrypted, and nobody removes it by accident.',
        command: `grep -qE '^ +storage_encrypted += true$' ${folderOf(input)}/database.tf && grep -qE '^ +deletion_protection += true$' ${folderOf(input)}/database.tf`,
        path: `${folderOf(input)}/database.tf`,
      }),
      {
        decision,
        says: 'The database can be restored to any second of the last two weeks.',
        command: `grep -qE '^ +backup_retention_period += 14$' ${folderOf(input)}/database.tf`,
        path: `${folderOf(input)}/database.tf`,
      },
    ],
    nextSteps: [
      'Make the first user of the database and let a workload sign in (docs/runbooks/database.md), when the first one needs it.',
    ],
  };
}

function code(input: ClusterInput): HclExpression {
  const machine = answerOf(input.stack, 'architecture') === 'amd64' ? 'db.m7i.large' : 'db.m7g.large';
  const { variables, source, own, alarms } = databaseCopy(input);
  return hcl`
variable "database" {
  description = "Size of the database. The version is a major one: AWS applies minor ones within the maintenance window."
  type = object({
    engine_version = string
    instance_class = string
    storage_gib    = number
  })
  default = {
    engine_version = "17"
    instance_class = ${machine}
    storage_gib    = 100
  }
}

${databaseZonesVariable(input)}
${variables}${USERS_VARIABLE}# Losing this key is losing the database and every copy of it.
resource "aws_kms_key" "database" {
  description             = "Database of the cluster \${var.cluster_name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.account_key.json

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "database" {
  name          = "alias/\${var.cluster_name}-database"
  target_key_id = aws_kms_key.database.key_id
}

${networkAndSettings(input)}${MONITORING}resource "aws_db_instance" "main" {
  # checkov:skip=CKV_AWS_157: In how many zones it stands is a value of each environment, and two where none is given.
  identifier     = "\${var.cluster_name}-main"
  engine         = "postgres"
  engine_version = ${own(hcl`var.database.engine_version`)}
  instance_class = var.database.instance_class
  db_name        = ${own(hcl`"platform"`)}
  username       = ${own(hcl`"owner"`)}
${source}
  # Made and rotated by AWS; it lies in Secrets Manager under a name that no controller of the cluster may read.
  manage_master_user_password   = ${own(hcl`true`)}
  master_user_secret_kms_key_id = ${own(hcl`aws_kms_key.database.key_id`)}

  iam_database_authentication_enabled = true

  multi_az               = var.database_zones == 2
  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.database.id]
  publicly_accessible    = false
  ca_cert_identifier     = "rds-ca-rsa2048-g1"

  storage_type          = "gp3"
  allocated_storage     = ${own(hcl`var.database.storage_gib`)}
  max_allocated_storage = var.database.storage_gib * 5
  storage_encrypted     = true
  kms_key_id            = aws_kms_key.database.arn

  backup_retention_period   = 14
  backup_window             = "00:30-01:30"
  copy_tags_to_snapshot     = true
  delete_automated_backups  = false
  skip_final_snapshot       = false
  final_snapshot_identifier = "\${var.cluster_name}-main-final"
  deletion_protection       = true

  maintenance_window         = "sun:03:00-sun:04:00"
  auto_minor_version_upgrade = true
  parameter_group_name       = aws_db_parameter_group.main.name

  monitoring_interval             = 60
  monitoring_role_arn             = aws_iam_role.database_monitoring.arn
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.database.arn
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]

  lifecycle {
    prevent_destroy = true
  }
}

# Where it is, for workloads and for plans; no password stands in it.
resource "aws_secretsmanager_secret" "database" {
  # checkov:skip=CKV_AWS_149: Who may read it needs no right on a key beside that; it holds an address and no password.
  # checkov:skip=CKV2_AWS_57: It holds an address and no password, so there is nothing to rotate.
  name        = "\${var.cluster_name}/database"
  description = "Address of the database of the cluster"
  tags        = { holds = "address" }
}

resource "aws_secretsmanager_secret_version" "database" {
  secret_id = aws_secretsmanager_secret.database.id
  secret_string = jsonencode({
    host   = aws_db_instance.main.address
    port   = tostring(aws_db_instance.main.port)
    dbname = aws_db_instance.main.db_name
  })
}

${users(input)}${ALARMS}${alarms}`;
}
