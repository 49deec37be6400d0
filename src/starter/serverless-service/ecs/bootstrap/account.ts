/** infra/bootstrap: key, buckets, audit trail, registry, certificate. */
import { type HclExpression, hcl } from '../../../../files/hcl.ts';
import { together } from '../../code.ts';
import { NAMES } from '../foundation.ts';
import { hasOwnEdge, type Settings } from '../settings.ts';

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
      identifiers = ["cloudtrail.amazonaws.com", "cloudwatch.amazonaws.com", "events.amazonaws.com", "scheduler.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

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

/** S3 buckets with the same closed doors: `kms` where the writer can use a key of our own. */
function bucket(name: string, suffix: string, encryption: 'kms' | 'aes', days: HclExpression): HclExpression {
  const code = (text: string): HclExpression => ({ kind: 'expression', code: text });
  const label = code(`"${name}"`);
  const resource = code(name);
  const algorithm =
    encryption === 'kms'
      ? hcl`sse_algorithm     = "aws:kms"
kms_master_key_id = aws_kms_key.main.arn`
      : hcl`sse_algorithm = "AES256"`;
  return hcl`
resource "aws_s3_bucket_versioning" ${label} {
  bucket = aws_s3_bucket.${resource}.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" ${label} {
  bucket = aws_s3_bucket.${resource}.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      ${algorithm}
    }
  }
}

resource "aws_s3_bucket_public_access_block" ${label} {
  bucket                  = aws_s3_bucket.${resource}.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" ${label} {
  bucket = aws_s3_bucket.${resource}.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" ${label} {
  bucket = aws_s3_bucket.${resource}.id

  rule {
    id     = ${`old-${suffix}`}
    status = "Enabled"

    filter {}

    ${days}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.${resource}]
}

resource "aws_s3_bucket_policy" ${label} {
  bucket = aws_s3_bucket.${resource}.id
  policy = data.aws_iam_policy_document.${resource}.json
}
`;
}

const ENCRYPTED_ONLY = (name: string) => {
  const resource: HclExpression = { kind: 'expression', code: name };
  return hcl`statement {
  sid       = "EncryptedOnTheWay"
  effect    = "Deny"
  actions   = ["s3:*"]
  resources = [aws_s3_bucket.${resource}.arn, "\${aws_s3_bucket.${resource}.arn}/*"]

  principals {
    type        = "*"
    identifiers = ["*"]
  }

  condition {
    test     = "Bool"
    variable = "aws:SecureTransport"
    values   = ["false"]
  }
}`;
};

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
  ${ENCRYPTED_ONLY('state')}
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
  ${ENCRYPTED_ONLY('access_logs')}

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
  ${ENCRYPTED_ONLY('trail')}

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

export function registry({ workloads, traces }: Settings): HclExpression {
  return hcl`
locals {
  # One repository per workload, and one for each image of others that is copied in.
  repositories = toset(${[...workloads, 'sample', ...(traces ? ['collector'] : [])]})
}

resource "aws_ecr_repository" "main" {
  for_each = local.repositories

  name                 = "\${var.name}/\${each.key}"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = false

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.main.arn
  }
}

# A rollback needs the images of versions that served lately; signatures lie beside them and count too.
resource "aws_ecr_lifecycle_policy" "main" {
  for_each = aws_ecr_repository.main

  repository = each.value.name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Untagged images after a month."
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 30 }
        action       = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "The newest images and signatures stay."
        selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 200 }
        action       = { type = "expire" }
      },
    ]
  })
}
`;
}

export const CERTIFICATE = hcl`
# Proven by a DNS record that stays: AWS renews the certificate with it.
resource "aws_acm_certificate" "main" {
  domain_name       = var.domain
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
    prevent_destroy       = true
  }
}
`;

export function bootstrapOutputs(settings: Settings): HclExpression {
  return together(
    hcl`
output "github_variables" {
  description = "Variables of the GitHub repository that the workflows read: gh variable set NAME --body VALUE"
  value = {
    "\${upper(var.environment)}_ACCOUNT_ID" = var.account_id
    "\${upper(var.environment)}_REGION"     = var.region
  }
}

output "registry" {
  description = "Where scripts/bootstrap.sh copies images of others to."
  value       = "\${var.account_id}.dkr.ecr.\${var.region}.amazonaws.com/\${var.name}"
}
`,
    hasOwnEdge(settings)
      ? hcl`
output "certificate_records" {
  description = "Record to create at your DNS provider before the first deployment; it has to stay for renewals."
  value = [for option in aws_acm_certificate.main.domain_validation_options : {
    name = option.resource_record_name
    type = option.resource_record_type
    data = option.resource_record_value
  }]
}
`
      : null,
  );
}
