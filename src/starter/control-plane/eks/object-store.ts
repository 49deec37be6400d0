/** A bucket of one component: encrypted, closed to the public, emptied by age. */

import { type HclExpression, hcl, hclIdentifier } from '../../../files/hcl.ts';
import { encryptedOnly } from '../../aws/encrypted-only.ts';
import type { ObjectStore } from '../../foundation.ts';
import { BY_OWN_KEY, copyResources, READS_COPY } from './copied-archive.ts';

/** Statements of the role that reads and writes the bucket. */
export function storeStatements({ id, followed }: ObjectStore): HclExpression {
  const label = reference(id);
  return hcl`  statement {
    sid       = "FindObjects"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.${label}.arn]
  }

  statement {
    sid       = "ReadAndWriteObjects"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = ["\${aws_s3_bucket.${label}.arn}/*"]
  }${followed === 'copied' ? READS_COPY : followed === undefined ? NOTHING : readFollowed(id)}`;
}

/** What the component follows lies in the bucket of a cluster of another region. */
function readFollowed(id: string): HclExpression {
  const ending = reference(id, id);
  return hcl`

dynamic "statement" {
  for_each = var.archive_of == null ? [] : ["arn:\${data.aws_partition.current.partition}:s3:::\${var.archive_of}-${ending}-\${var.account_id}"]

  content {
    sid       = "ReadWhatIsFollowed"
    actions   = ["s3:GetObject", "s3:ListBucket"]
    resources = [statement.value, "\${statement.value}/*"]
  }
}`;
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };
const FOLLOWED = hcl`
variable "archive_of" {
  description = "The cluster of this account whose archive this one follows; null where it follows none."
  type        = string
  default     = null
}
`;

const BY_KEY_OF_AWS = hcl`sse_algorithm = "aws:kms"`;

export function storeResources({ id, days, followed }: ObjectStore): HclExpression {
  const name = hclIdentifier(id);
  const copied = followed === 'copied';
  return hcl`${followed === undefined ? NOTHING : FOLLOWED}
resource "aws_s3_bucket" ${name} {
  bucket = "\${var.cluster_name}-${reference(id, id)}-\${var.account_id}"

  lifecycle {
    prevent_destroy = true
  }
}
${bucketRules({ name, days, encrypted: copied ? BY_OWN_KEY : BY_KEY_OF_AWS })}${
  copied
    ? copyResources(
        reference(id),
        bucketRules({ name: 'followed', days, encrypted: BY_OWN_KEY, made: 'where-asked' }),
      )
    : NOTHING
}`;
}

interface BucketRules {
  /** Of the bucket, in Terraform. */
  readonly name: string;
  readonly days: number;
  /** By which key. */
  readonly encrypted: HclExpression;
  /** Whether there are as many of them as of the bucket, which has a `for_each`. */
  readonly made?: 'where-asked';
}

/** What every bucket has around it. */
function bucketRules({ name, days, encrypted, made }: BucketRules): HclExpression {
  const label: HclExpression = { kind: 'expression', code: name };
  const asked = made === 'where-asked';
  const bucket: HclExpression = { kind: 'expression', code: asked ? `${name}[each.key]` : name };
  const document: HclExpression = {
    kind: 'expression',
    code: `${name}_bucket${asked ? '[each.key]' : ''}`,
  };
  const head = asked ? hcl`  for_each = aws_s3_bucket.${label}\n\n` : NOTHING;
  return hcl`
resource "aws_s3_bucket_public_access_block" ${name} {
${head}  bucket                  = aws_s3_bucket.${bucket}.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" ${name} {
${head}  bucket = aws_s3_bucket.${bucket}.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      ${encrypted}
    }
  }
}

resource "aws_s3_bucket_versioning" ${name} {
${head}  bucket = aws_s3_bucket.${bucket}.id

  versioning_configuration {
    status = "Enabled"
  }
}

# The component deletes what is too old itself; this removes what it forgot, and old versions.
resource "aws_s3_bucket_lifecycle_configuration" ${name} {
${head}  bucket = aws_s3_bucket.${bucket}.id

  rule {
    id     = "remove-what-is-old"
    status = "Enabled"

    filter {}

    expiration {
      days = ${days}
    }

    noncurrent_version_expiration {
      noncurrent_days = 7
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.${label}]
}

data "aws_iam_policy_document" ${`${name}_bucket`} {
${head}  ${encryptedOnly(bucket.code)}
}

resource "aws_s3_bucket_policy" ${name} {
${head}  bucket = aws_s3_bucket.${bucket}.id
  policy = data.aws_iam_policy_document.${document}.json
}
`;
}

function reference(id: string, code = hclIdentifier(id)): HclExpression {
  return { kind: 'expression', code };
}
