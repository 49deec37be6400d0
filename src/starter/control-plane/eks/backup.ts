/** backup.tf: AWS Backup copies the cluster every night: its objects, its volumes and its database. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution, Runbook } from '../../contribution.ts';
import { pickOf } from '../../picks.ts';
import { terraformText } from '../../terraform.ts';
import {
  copiedOfMachines,
  machinesOptIn,
  machinesSelected,
  optInFor,
  restoreOnMachines,
} from './backup-of-machines.ts';
import { folderOf, isOwnControlPlane } from './trust.ts';

export function eksBackupService(input: ClusterInput, decision: Id): Contribution {
  return {
    files: new Map([
      [
        `${folderOf(input)}/backup.tf`,
        terraformText(
          input,
          decision,
          `${isOwnControlPlane(input) ? copiedOfMachines(input) : 'Objects and volumes of the cluster, and its database,'} are copied every night and kept for five weeks.`,
          code(input),
        ),
      ],
    ]),
    runbooks: [runbook(input)],
    firstSteps: [
      `Let AWS Backup copy what it is asked to, once per account and region: \`${optIn(input)}\`. What it was not opted in for, it leaves out of the copies.`,
    ],
    checks: [
      {
        decision,
        says: 'A copy is made every night, and nobody removes it by accident.',
        command: `grep -qE '^ +schedule += "cron\\(17 2' ${folderOf(input)}/backup.tf && grep -qE '^ +prevent_destroy += true$' ${folderOf(input)}/backup.tf`,
        path: `${folderOf(input)}/backup.tf`,
      },
      {
        decision,
        says: 'The last copies are complete.',
        command: `aws backup list-backup-jobs --by-state COMPLETED --query 'BackupJobs[0].CompletionDate' --output text`,
        path: `${folderOf(input)}/backup.tf`,
      },
    ],
  };
}

/** A cluster of EKS is copied as a whole; of machines AWS knows the parts. */
function selected(input: ClusterInput): HclExpression {
  const database =
    pickOf(input.stack, 'data-services') === 'managed-database' ? [hcl`aws_db_instance.main.arn`] : [];
  if (isOwnControlPlane(input)) return machinesSelected(input, database);
  const resources = [hcl`aws_eks_cluster.main.arn`, ...database];
  return hcl`# A cluster is copied as a whole: its objects, and every volume of a claim in it.
resource "aws_backup_selection" "cluster" {
  name         = "\${var.cluster_name}-cluster"
  plan_id      = aws_backup_plan.nightly.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = ${resources}
}`;
}

function code(input: ClusterInput): HclExpression {
  return hcl`
# Losing this key is losing every copy.
resource "aws_kms_key" "backups" {
  description             = "Backups of the cluster \${var.cluster_name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.account_key.json

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "backups" {
  name          = "alias/\${var.cluster_name}-backups"
  target_key_id = aws_kms_key.backups.key_id
}

resource "aws_backup_vault" "main" {
  name        = "\${var.cluster_name}-backups"
  kms_key_arn = aws_kms_key.backups.arn

  lifecycle {
    prevent_destroy = true
  }
}

# Copies end by their age alone: whoever may change the cluster may not delete them by hand.
data "aws_iam_policy_document" "backup_vault" {
  statement {
    sid       = "NobodyDeletesCopies"
    effect    = "Deny"
    actions   = ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_backup_vault_policy" "main" {
  backup_vault_name = aws_backup_vault.main.name
  policy            = data.aws_iam_policy_document.backup_vault.json
}

resource "aws_backup_plan" "nightly" {
  name = "\${var.cluster_name}-nightly"

  rule {
    rule_name         = "nightly"
    target_vault_name = aws_backup_vault.main.name
    schedule          = "cron(17 2 * * ? *)"
    start_window      = 60
    completion_window = 360

    lifecycle {
      delete_after = 35
    }
  }
}

data "aws_iam_policy_document" "backup_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["backup.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_iam_role" "backup" {
  name_prefix        = "\${substr(var.cluster_name, 0, 26)}-backup-"
  assume_role_policy = data.aws_iam_policy_document.backup_trust.json
}

resource "aws_iam_role_policy_attachment" "backup" {
  for_each = toset(["AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores"])

  role       = aws_iam_role.backup.name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/service-role/\${each.value}"
}

${selected(input)}

resource "aws_cloudwatch_event_rule" "backup_failed" {
  name        = "\${var.cluster_name}-backup-failed"
  description = "A copy, or the restore that proves one, did not succeed."
  event_pattern = jsonencode({
    source        = ["aws.backup"]
    "detail-type" = ["Backup Job State Change", "Restore Job State Change"]
    detail        = { state = ["ABORTED", "EXPIRED", "FAILED"], status = ["ABORTED", "EXPIRED", "FAILED"] }
  })
}

resource "aws_cloudwatch_event_target" "backup_failed" {
  rule = aws_cloudwatch_event_rule.backup_failed.name
  arn  = aws_sns_topic.alarms.arn
}

# Silence is not success: nothing failed where nothing was tried.
resource "aws_cloudwatch_metric_alarm" "backup_too_old" {
  alarm_name          = "\${var.cluster_name}-backup-too-old"
  alarm_description   = "No copy was completed within a day: docs/runbooks/restore.md"
  namespace           = "AWS/Backup"
  metric_name         = "NumberOfBackupJobsCompleted"
  dimensions          = { BackupVaultName = aws_backup_vault.main.name }
  statistic           = "Sum"
  period              = 86400
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}
`;
}

/** A setting of the account that is no resource of one cluster. */
function optIn(input: ClusterInput): string {
  return isOwnControlPlane(input) ? machinesOptIn(input) : optInFor('EKS=true,EBS=true,RDS=true');
}

function runbook(input: ClusterInput): Runbook {
  const { stack, delivery, clusters } = input;
  const database = pickOf(stack, 'data-services') === 'managed-database' ? DATABASE : '';
  if (isOwnControlPlane(input)) return restoreOnMachines(input, database);
  return {
    id: 'restore',
    title: 'Restoring, and the drill that proves it',
    text: `What is copied every night: the objects of the cluster and every volume of a claim in it${database === '' ? '' : ', and its database'}. Once per account and region, before the
first night: \`${optIn(input)}\`.

A copy that was never restored is a hope. Do the drill every three months, and write down how long it took: that is the recovery time you
have, whatever the records say.

The drill, in ${clusters[0].name}:

1. Find the newest copy: \`aws backup list-recovery-points-by-backup-vault --backup-vault-name CLUSTER_NAME-backups --by-resource-type EKS\`.
   *PARTIAL* is a failure: something of the cluster is not in it.
2. Stop delivery for the namespace, so that it does not put back what you take away: \`${delivery.pauseApps}\`.
3. \`kubectl delete namespace demo\`, and wait until it is gone.
4. Restore the namespace *demo* into the existing cluster, with the role of the backups: in the console of AWS Backup, or
   \`aws backup get-recovery-point-restore-metadata\` and \`aws backup start-restore-job\`. What exists already is left as it is.
5. Compare: pods run, volumes hold data of the night, the public name answers. Resume delivery: \`${delivery.resumeApps}\`.

The real thing, one namespace: the same, with the namespace that was lost.
${database}
The whole cluster is gone: make a new one from \`infra\` and \`scripts/bootstrap.sh\`, let delivery bring what stands in Git, and restore only what
does not: namespaces with volumes, into that cluster.

The alarm *backup-too-old* or a failed job: \`aws backup list-backup-jobs --by-state FAILED\` says why. *AccessDenied* on a key means that the role
of the backups may not use the key of the volume.

Copies lie in the same region as what they copy. What must survive the loss of a region or of the account is a decision of its own: add a
\`copy_action\` to the plan that names a vault elsewhere.
`,
  };
}

const DATABASE = `
The database: \`aws rds restore-db-instance-to-point-in-time\` makes a new instance beside the old one, to the second within two weeks; older
than that, restore its copy from the vault. See [database](database.md).
`;
