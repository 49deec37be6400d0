/** In the first region: who copies the archive of databases, what it may, and the rule for each cluster that follows. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { keyByService } from '../../aws/key-by-service.ts';

export const copyRule = (bucket: HclExpression) => hcl`data "aws_iam_policy_document" "copies_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "copies" {
  statement {
    sid       = "ReadRule"
    actions   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
    resources = [aws_s3_bucket.${bucket}.arn]
  }

  statement {
    sid = "ReadVersions"
    actions = [
      "s3:GetObjectVersionAcl",
      "s3:GetObjectVersionForReplication",
      "s3:GetObjectVersionTagging",
    ]
    resources = ["\${aws_s3_bucket.${bucket}.arn}/*"]
  }

  ${keyByService('Open', ['kms:Decrypt'], hcl`aws_kms_key.archive`, 's3')}

  dynamic "statement" {
    for_each = var.archive_copies

    content {
      actions   = ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"]
      resources = ["arn:\${data.aws_partition.current.partition}:s3:::\${statement.key}-followed-\${var.account_id}/*"]
    }
  }

  # The key has no name here but its alias.
  dynamic "statement" {
    for_each = var.archive_copies

    content {
      actions   = ["kms:Encrypt", "kms:GenerateDataKey"]
      resources = ["arn:\${data.aws_partition.current.partition}:kms:\${statement.value}:\${var.account_id}:key/*"]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["s3.\${statement.value}.amazonaws.com"]
      }

      condition {
        test     = "ForAnyValue:StringEquals"
        variable = "kms:ResourceAliases"
        values   = ["alias/\${statement.key}-archive"]
      }
    }
  }
}

resource "aws_iam_role" "copies" {
  name_prefix        = "\${substr(var.cluster_name, 0, 30)}-copies-"
  assume_role_policy = data.aws_iam_policy_document.copies_trust.json
}

resource "aws_iam_role_policy" "copies" {
  name   = "copies"
  role   = aws_iam_role.copies.id
  policy = data.aws_iam_policy_document.copies.json
}

# What was there before is not copied: the first whole backup after it is where a follower begins.
resource "aws_s3_bucket_replication_configuration" "copies" {
  count = length(var.archive_copies) == 0 ? 0 : 1

  bucket = aws_s3_bucket.${bucket}.id
  role   = aws_iam_role.copies.arn

  dynamic "rule" {
    for_each = var.archive_copies

    content {
      id       = rule.key
      priority = index(sort(keys(var.archive_copies)), rule.key) + 1
      status   = "Enabled"

      filter {}

      delete_marker_replication {
        status = "Enabled"
      }

      source_selection_criteria {
        sse_kms_encrypted_objects {
          status = "Enabled"
        }
      }

      destination {
        bucket = "arn:\${data.aws_partition.current.partition}:s3:::\${rule.key}-followed-\${var.account_id}"

        encryption_configuration {
          replica_kms_key_id = "arn:\${data.aws_partition.current.partition}:kms:\${rule.value}:\${var.account_id}:alias/\${rule.key}-archive"
        }

        replication_time {
          status = "Enabled"

          time {
            minutes = 15
          }
        }

        metrics {
          status = "Enabled"

          event_threshold {
            minutes = 15
          }
        }
      }
    }
  }

  depends_on = [aws_s3_bucket_versioning.${bucket}, aws_iam_role_policy.copies]
}
`;
