# Follows ADR-0004 (docs/adr/0004-backup-the-cloud-providers-backup-service.md).
# Objects and volumes of the cluster, and its database, are copied every night and kept for five weeks.

# Losing this key is losing every copy.
resource "aws_kms_key" "backups" {
  description             = "Backups of the cluster ${var.cluster_name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.account_key.json

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "backups" {
  name          = "alias/${var.cluster_name}-backups"
  target_key_id = aws_kms_key.backups.key_id
}

resource "aws_backup_vault" "main" {
  name        = "${var.cluster_name}-backups"
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
  name = "${var.cluster_name}-nightly"

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
  name_prefix        = "${substr(var.cluster_name, 0, 26)}-backup-"
  assume_role_policy = data.aws_iam_policy_document.backup_trust.json
}

resource "aws_iam_role_policy_attachment" "backup" {
  for_each = toset(["AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores"])

  role       = aws_iam_role.backup.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/${each.value}"
}

# A cluster is copied as a whole: its objects, and every volume of a claim in it.
resource "aws_backup_selection" "cluster" {
  name         = "${var.cluster_name}-cluster"
  plan_id      = aws_backup_plan.nightly.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = [aws_eks_cluster.main.arn, aws_db_instance.main.arn]
}

resource "aws_cloudwatch_event_rule" "backup_failed" {
  name        = "${var.cluster_name}-backup-failed"
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
  alarm_name          = "${var.cluster_name}-backup-too-old"
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
