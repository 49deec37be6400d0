/** infra/bootstrap: the buckets of state and access logs, and the audit trail with its own. */

import { hcl } from '../../../../files/hcl.ts';
import { encryptedOnly } from '../../../aws/encrypted-only.ts';
import { together } from '../../code.ts';
import { bucket } from './bucket.ts';

const KEEP_VERSIONS = hcl`noncurrent_version_expiration {
  noncurrent_days           = 90
  newer_noncurrent_versions = 50
}`;
const EXPIRE = hcl`expiration {
  days = var.log_retention_days
}

noncurrent_version_expiration {
  noncurrent_days = 30
}`;

export const STATE = together(
  hcl`
import {
  to = aws_s3_bucket.state
  id = "\${var.name}-\${var.account_id}-state"
}

resource "aws_s3_bucket" "state" {
  # checkov:skip=CKV_AWS_18: Who reads the state is in the audit trail.
  # checkov:skip=CKV_AWS_144: A copy in another region is a decision about recovery, not a default.
  # checkov:skip=CKV2_AWS_62: Nothing waits for events of this bucket.
  bucket = "\${var.name}-\${var.account_id}-state"

  lifecycle {
    prevent_destroy = true
  }
}

data "aws_iam_policy_document" "state" {
  ${encryptedOnly('state')}
}
`,
  bucket('state', 'state', 'kms', KEEP_VERSIONS),
);

export const ACCESS_LOGS = together(
  hcl`
resource "aws_s3_bucket" "access_logs" {
  # checkov:skip=CKV_AWS_18: Access to access logs is in the audit trail.
  # checkov:skip=CKV_AWS_144: Logs of one region stay in it.
  # checkov:skip=CKV_AWS_145: A load balancer cannot write with a key of our own.
  # checkov:skip=CKV2_AWS_62: Nothing waits for events of this bucket.
  bucket = "\${var.name}-\${var.account_id}-access-logs"
}

data "aws_iam_policy_document" "access_logs" {
  ${encryptedOnly('access_logs')}

  statement {
    sid       = "LoadBalancersOfThisAccountWrite"
    actions   = ["s3:PutObject"]
    resources = ["\${aws_s3_bucket.access_logs.arn}/edge/AWSLogs/\${var.account_id}/*"]

    principals {
      type        = "Service"
      identifiers = ["logdelivery.elasticloadbalancing.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["\${local.arn}:elasticloadbalancing:\${var.region}:\${var.account_id}:loadbalancer/*"]
    }
  }
}
`,
  bucket('access_logs', 'access-logs', 'aes', EXPIRE),
);

export const TRAIL = together(
  hcl`
# Who changed what in this account, in every region, and who read a secret.
resource "aws_cloudtrail" "main" {
  # checkov:skip=CKV_AWS_252: Nothing waits for new files of the trail; its events are in the log group within minutes.
  count = var.trail ? 1 : 0

  name                          = var.name
  s3_bucket_name                = aws_s3_bucket.trail.id
  kms_key_id                    = aws_kms_key.main.arn
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = true
  cloud_watch_logs_group_arn    = "\${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn     = aws_iam_role.service["trail"].arn

  depends_on = [aws_s3_bucket_policy.trail]
}

resource "aws_cloudwatch_log_group" "trail" {
  name              = "/\${var.name}/trail"
  retention_in_days = var.log_retention_days
  kms_key_id        = aws_kms_key.main.arn
}

resource "aws_s3_bucket" "trail" {
  # checkov:skip=CKV_AWS_18: Reading the trail is recorded in the trail.
  # checkov:skip=CKV_AWS_144: A copy in another account is the organisation's, where it keeps a trail of its own.
  # checkov:skip=CKV2_AWS_62: Nothing waits for events of this bucket.
  bucket = "\${var.name}-\${var.account_id}-trail"

  lifecycle {
    prevent_destroy = true
  }
}

data "aws_iam_policy_document" "trail" {
  ${encryptedOnly('trail')}

  statement {
    sid       = "TheTrailLooks"
    actions   = ["s3:GetBucketAcl"]
    resources = [aws_s3_bucket.trail.arn]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = ["\${local.arn}:cloudtrail:\${var.region}:\${var.account_id}:trail/\${var.name}"]
    }
  }

  statement {
    sid       = "TheTrailWrites"
    actions   = ["s3:PutObject"]
    resources = ["\${aws_s3_bucket.trail.arn}/AWSLogs/\${var.account_id}/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = ["\${local.arn}:cloudtrail:\${var.region}:\${var.account_id}:trail/\${var.name}"]
    }
  }
}
`,
  bucket('trail', 'trail', 'kms', EXPIRE),
);
