/** infra/bootstrap: the key of everything that is stored. */
import { hcl } from '../../../../files/hcl.ts';
import { RULES_ENCRYPT } from '../../../aws/event-rules.ts';
import { together } from '../../code.ts';
import { NAMES } from '../foundation.ts';

export const ENCRYPTION = together(
  NAMES,
  hcl`
data "aws_iam_policy_document" "key" {
  # checkov:skip=CKV_AWS_109: The policy of a key speaks about that key alone; the account has to administer it.
  # checkov:skip=CKV_AWS_111: The same.
  # checkov:skip=CKV_AWS_356: The same: within its own policy a key is called *.
  statement {
    sid       = "TheAccountAdministers"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["\${local.arn}:iam::\${var.account_id}:root"]
    }
  }

  statement {
    sid       = "LogsOfThisAccount"
    actions   = ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.\${var.region}.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values   = ["\${local.arn}:logs:\${var.region}:\${var.account_id}:*"]
    }
  }

  statement {
    sid       = "ServicesForThisAccount"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com", "cloudwatch.amazonaws.com", "scheduler.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
${RULES_ENCRYPT}}

resource "aws_kms_key" "main" {
  description             = "Logs, secrets, images, alerts and state of \${var.name}."
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.key.json

  # Without the key nothing that it encrypted can be read again.
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "main" {
  name          = "alias/\${var.name}"
  target_key_id = aws_kms_key.main.key_id
}
`,
);
