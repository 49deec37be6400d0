# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# Alarms of AWS reach whoever is on call without passing through the cluster that may be the reason for them.

variable "alarm_receiver" {
  description = "Who hears of alarms: an https address that confirms a subscription of SNS, or a mail address. Both have to be confirmed once."
  type        = string
  default     = "platform-oncall@example.com"

  validation {
    condition     = startswith(var.alarm_receiver, "https://") || can(regex("^[^@ ]+@[^@ ]+$", var.alarm_receiver))
    error_message = "An https address or a mail address."
  }
}

data "aws_iam_policy_document" "alarms_key" {
  source_policy_documents = [data.aws_iam_policy_document.account_key.json]

  statement {
    sid       = "AlarmsEncrypt"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["aps.amazonaws.com", "backup.amazonaws.com", "cloudwatch.amazonaws.com", "events.rds.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }

  # EventBridge names no account to a key: with a condition, no event would reach a topic.
  statement {
    sid       = "RulesEncrypt"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
  }
}

resource "aws_kms_key" "alarms" {
  description             = "Alarms of the cluster ${var.cluster_name}"
  enable_key_rotation     = true
  deletion_window_in_days = 7
  policy                  = data.aws_iam_policy_document.alarms_key.json
}

resource "aws_sns_topic" "alarms" {
  name              = "${var.cluster_name}-alarms"
  kms_master_key_id = aws_kms_key.alarms.arn
}

data "aws_iam_policy_document" "alarms" {
  statement {
    sid       = "ServicesOfThisAccountPublish"
    actions   = ["sns:GetTopicAttributes", "sns:Publish"]
    resources = [aws_sns_topic.alarms.arn]

    principals {
      type        = "Service"
      identifiers = ["aps.amazonaws.com", "cloudwatch.amazonaws.com", "events.rds.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }

  # Nor does it tell a topic anything that a condition could look at.
  statement {
    sid       = "RulesPublish"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alarms.arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
  }
}

resource "aws_sns_topic_policy" "alarms" {
  arn    = aws_sns_topic.alarms.arn
  policy = data.aws_iam_policy_document.alarms.json
}

resource "aws_sns_topic_subscription" "alarms" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = startswith(var.alarm_receiver, "https://") ? "https" : "email"
  endpoint  = var.alarm_receiver
}
