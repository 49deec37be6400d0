/** Where alarms of AWS itself go. */
import { hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { RULES_ENCRYPT } from '../../aws/event-rules.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { alarmsFile, raisesAlarms } from '../provider-alarms.ts';
import { folderOf } from './trust.ts';

export function eksAlarms(input: ClusterInput): FileTree {
  if (!raisesAlarms(input)) return new Map();
  return alarmsFile(input, {
    folder: folderOf(input),
    cloud: 'AWS',
    receivers:
      'an https address that confirms a subscription of SNS, or a mail address. Both have to be confirmed once.',
    way: WAY,
  });
}

const WAY = hcl`
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
${RULES_ENCRYPT}}

resource "aws_kms_key" "alarms" {
  description             = "Alarms of the cluster \${var.cluster_name}"
  enable_key_rotation     = true
  deletion_window_in_days = 7
  policy                  = data.aws_iam_policy_document.alarms_key.json
}

resource "aws_sns_topic" "alarms" {
  name              = "\${var.cluster_name}-alarms"
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
`;
